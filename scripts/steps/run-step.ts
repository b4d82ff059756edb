import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { countStep } from "./count-tests.ts";
import { execute } from "./execute.ts";
import { root } from "./root.ts";
import type { Step, StepResult } from "./step.ts";

/** Runs a step to its end; what it prints also goes to `echo`, as it comes. */
export async function runStep(
  step: Step,
  echo: (text: string) => void = () => {},
): Promise<StepResult> {
  const begun = performance.now();
  const report = step.report && join(root, step.report);
  if (report) {
    mkdirSync(dirname(report), { recursive: true });
    rmSync(report, { force: true });
  }
  let output = "";
  const succeeded = await execute(step, (text) => {
    output += text;
    echo(text);
  });
  const seconds = (performance.now() - begun) / 1000;
  return { name: step.name, ...countStep(succeeded, report), seconds, output };
}
