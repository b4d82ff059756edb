import { parseArgs } from "node:util";
import { benchNames } from "./harness/bench-names.ts";
import { print } from "./harness/print.ts";
import { record } from "./harness/record.ts";
import { type Ran, runBench } from "./harness/run-bench.ts";

const usage = `pnpm bench [NAME…] [--full] [--record] [--json]

  NAME      ${benchNames.join(", ")}; all when none is named
  --full    100,000 and 1,000,000 entries too
  --record  write benchmarks/RESULTS.md and its plots
  --json    one JSON document in place of the tables`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
const unknown = positionals.filter((name) => !benchNames.includes(name));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`no bench is named ${unknown.join(", ")}\n`);
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const ran = new Map<string, Ran>();
for (const name of positionals.length > 0 ? positionals : benchNames) {
  const done = await runBench(name, { full: values.full });
  ran.set(name, done);
  if (!values.json) console.log(print(`${name}: ${done.title}`, done.report));
}
const [first] = ran.values();
if (values.json) console.log(JSON.stringify(Object.fromEntries(ran), undefined, 2));
else console.log(`\n${first?.machine}`);
if (values.record) record(ran, values.full);
