import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { countStep, countTests } from "./count-tests.ts";
import type { StepResult } from "./step.ts";
import { line, total } from "./summary.ts";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

function report(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "acc-report-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test("tests are counted by their state", () => {
  const testResults = [file("passed", "passed", "passed", "skipped"), file("failed", "failed")];
  expect(countTests({ testResults })).toEqual({ passed: 2, failed: 1, skipped: 1 });
});

test("a test file that did not load counts as a failure", () => {
  const testResults = [file("passed", "passed"), file("failed")];
  expect(countTests({ testResults })).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test("a step without a report counts as one", () => {
  expect(countStep(true, undefined)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(countStep(false, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("no report and no test at all are failures, whatever the exit code", () => {
  expect(countStep(true, join(tmpdir(), "acc-no-such-report.json")).failed).toBe(1);
  expect(countStep(true, report({ testResults: [] })).failed).toBe(1);
  expect(countStep(true, report({ testResults: [file("passed", "skipped")] })).failed).toBe(1);
});

test("a run that failed although its tests passed is a failure", () => {
  const path = report({ testResults: [file("passed", "passed")] });
  expect(countStep(true, path)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(countStep(false, path)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test("the closing line sums all steps", () => {
  const step = (passed: number, failed: number): StepResult => ({
    name: "step",
    passed,
    failed,
    skipped: 0,
    seconds: 1,
    output: "",
  });
  expect(total([step(3, 1), step(0, 1), step(2, 0)])).toEqual({ passed: 5, failed: 2 });
  expect(line(step(3, 1))).toMatch(/^FAILED .* 3 passed, 1 failed$/);
  expect(line(step(1, 0))).toMatch(/^ok .* s$/);
});
