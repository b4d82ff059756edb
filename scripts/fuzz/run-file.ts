import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../steps/root.ts";
import { keepFault, keptFaults } from "./found-faults.ts";
import { type Budget, replay, runProperty, type SomeProperty } from "./run-property.ts";

/** The process of one fuzzer file: `tsx run-file.ts <file> <budget as JSON>`. */
const [file = "", text = ""] = process.argv.slice(2);
const path = join(root, file);
const budget: Budget = JSON.parse(text);
const { default: properties }: { default: Readonly<Record<string, SomeProperty>> } = await import(
  pathToFileURL(path).href
);

for (const fault of keptFaults(path)) {
  const property = properties[fault.property];
  const report = property && (await replay(property, fault));
  if (report !== undefined) fail(`${fault.property} (a kept fault)`, report);
}

const names = Object.keys(properties);
if (names.length === 0) fail(file, "it exports no property");
for (const [name, property] of Object.entries(properties)) {
  const outcome = await runProperty(property, {
    ...budget,
    seconds: budget.seconds / names.length,
  });
  if (outcome.fault === undefined) {
    console.log(`  ok ${name}: ${outcome.runs} runs`);
    continue;
  }
  fail(name, outcome.report);
  if (budget.keep) keepFault(path, { property: name, ...outcome.fault });
}
// What a property left open (a timer, a handle) must not hold the run up.
process.exit();

function fail(name: string, report: string): void {
  console.log(`  FAILED ${name}\n${report}`);
  process.exitCode = 1;
}
