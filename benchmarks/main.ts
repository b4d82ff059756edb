import { parseArgs } from "node:util";
import { benchNames } from "./harness/bench-names.ts";
import { asJson, runAll } from "./harness/run-all.ts";
import { runBench } from "./harness/run-bench.ts";

const usage = `pnpm bench [NAME…] [--full] [--record] [--json]

  NAME      ${benchNames.join(", ")}; all when none is named
  --full    100,000 and 1,000,000 entries too
  --record  write benchmarks/RESULTS.md and its plots; of those that are named, theirs alone
  --json    one JSON document in place of the tables

Ends with 0 when every bench gave its figures, whether they meet their goals or not; with 1 when
one failed, which does not stop the others.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const unknown = positionals.filter((name) => !benchNames.includes(name));
if (unknown.length > 0) refuse(`no bench is named ${unknown.join(", ")}`);

const { print } = await import("./harness/print.ts");
const outcome = await runAll(
  positionals.length > 0 ? positionals : benchNames,
  (name) => runBench(name, { full: values.full }),
  (name, { title, report }) => {
    if (!values.json) console.log(print(`${name}: ${title}`, report));
  },
);
const [first] = outcome.ran.values();
if (values.json) console.log(asJson(outcome, values.full));
else if (first) console.log(`\n${first.machine}`);
for (const [name, why] of outcome.failed) console.error(`FAILED  ${name}: ${why}`);
if (outcome.failed.size > 0) {
  process.exitCode = 1;
  if (values.record) console.error("RESULTS.md stays as it was.");
} else if (values.record) {
  const { record } = await import("./harness/record.ts");
  record(outcome.ran, values.full);
}

function refuse(why: string): never {
  console.error(`${why}\n\n${usage}`);
  process.exit(2);
}
