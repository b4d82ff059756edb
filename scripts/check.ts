import { checkSteps } from "./steps/check-steps.ts";
import { runStep } from "./steps/run-step.ts";
import type { StepResult } from "./steps/step.ts";
import { line, summary } from "./steps/summary.ts";

const results: StepResult[] = [];
for (const step of checkSteps) {
  const result = await runStep(step);
  results.push(result);
  console.log(line(result));
  if (result.failed > 0) console.log(result.output);
}
console.log(`\n${summary(results)}`);
if (results.some(({ failed }) => failed > 0)) process.exitCode = 1;
