import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { belongings, leftBetween } from "./ci/leftovers.ts";
import { ciSteps } from "./ci/steps.ts";
import { testSteps } from "./steps/check-steps.ts";
import { runStep } from "./steps/run-step.ts";
import type { Step, StepResult } from "./steps/step.ts";
import { line, summary, total } from "./steps/summary.ts";

const budgetMinutes = 55;
const testNames = new Set(testSteps.map(({ name }) => name));
const results: StepResult[] = [];

for (const step of ciSteps()) {
  console.log(`\n===== ${step.name}: ${step.command.join(" ")}`);
  await (testNames.has(step.name) ? runAndLookAround(step) : run(step));
}

const failures = results.filter(({ failed }) => failed > 0);
for (const { name, output } of failures) {
  console.log(`\n===== FAILED: ${name}\n${output.split("\n").slice(-80).join("\n")}`);
}
console.log(`\n${summary(results)}\n`);
const { passed, failed } = total(results);
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);

async function run(step: Step): Promise<void> {
  const left = budgetMinutes - performance.now() / 60_000;
  const minutes = Math.max(0.05, Math.min(step.minutes ?? 10, left));
  const env = { NO_COLOR: "1", ...step.env };
  add(await runStep({ ...step, minutes, env }, (text) => process.stdout.write(text)));
}

/** Runs a step with a temporary folder of its own, open to all; what it leaves is a failure. */
async function runAndLookAround(step: Step): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), "acc-ci-"));
  chmodSync(temporary, 0o1777);
  const before = belongings(temporary);
  await run({ ...step, env: { ...step.env, TMPDIR: temporary } });
  await setTimeout(1_000);
  const left = leftBetween(before, belongings(temporary));
  rmSync(temporary, { recursive: true, force: true });
  const failed = left.length > 0 ? 1 : 0;
  add({
    name: `${step.name} leaves nothing`,
    passed: 1 - failed,
    failed,
    skipped: 0,
    seconds: 0,
    output: left.join("\n"),
  });
}

function add(result: StepResult): void {
  results.push(result);
  console.log(line(result));
}
