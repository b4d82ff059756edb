/**
 * Runs the fuzzers, `packages/<package>/fuzz/<parser>.fuzz.ts`, each in a process of its own:
 *
 *     pnpm fuzz                        a minute for each file, from a new seed
 *     pnpm fuzz fernet sse             only the files whose path holds one of these words
 *     pnpm fuzz --seconds 600 --seed 7 longer, from a given seed
 *     pnpm fuzz --ci                   1,000 runs of each property from a fixed seed: seconds
 *
 * A fuzzer file's default export is a record of fast-check's properties by what they promise:
 *
 *     import fc from "fast-check";
 *     import { parseLine } from "../src/parse-line.ts";
 *
 *     export default {
 *       "any text is a value or a coded error": fc.property(fc.string(), (text) => { … }),
 *       "what was written is read": fc.asyncProperty(fc.json(), async (text) => { … }),
 *     };
 *
 * A property fails as fast-check's do: it throws, or returns false. One run of a property that
 * takes more than two seconds of the processor is a fault too (`slowMs` in run-property.ts), and a
 * file that does not end in its time is stopped. The file's time is shared by its properties.
 *
 * A found fault is kept beside the file, in `<parser>.found.json`, as property, seed and path, and
 * is replayed first from then on, by `pnpm fuzz --ci` too. Commit it together with what corrects the
 * fault, and with a test that names the input: a path leads to it only as long as the property
 * generates its inputs as it did.
 */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { execute } from "../steps/execute.ts";
import { root } from "../steps/root.ts";
import type { Budget } from "./run-property.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ci: { type: "boolean", default: false },
    seconds: { type: "string", default: "60" },
    seed: { type: "string" },
  },
});
const seed = Number(values.seed ?? (values.ci ? 1 : Date.now() % 2 ** 31));
const budget: Budget = values.ci
  ? { seed, runs: 1_000, seconds: 20, keep: false }
  : { seed, seconds: Number(values.seconds), keep: true };

const files = fuzzers().filter(
  (file) => positionals.length === 0 || positionals.some((word) => file.includes(word)),
);
let failed = files.length === 0 ? 1 : 0;
for (const file of files) {
  console.log(`${file}, seed ${seed}`);
  const command = ["tsx", "scripts/fuzz/run-file.ts", file, JSON.stringify(budget)] as const;
  const minutes = (budget.seconds * 2 + 60) / 60;
  const good = await execute({ name: file, command: [...command], minutes }, (text) =>
    process.stdout.write(text),
  );
  if (!good) failed += 1;
}
console.log(`${files.length} fuzzers, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function fuzzers(): string[] {
  const folder = join(root, "packages");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /^[^/\\]+[/\\]fuzz[/\\][^/\\]+\.fuzz\.ts$/.test(path))
    .map((path) => relative(root, join(folder, path)))
    .sort();
}
