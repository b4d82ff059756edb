import type { StepResult } from "./step.ts";

/** The steps as a table, one line each. */
export function summary(results: readonly StepResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  return results.map((result) => line(result, width)).join("\n");
}

export function line({ name, passed, failed, skipped, seconds }: StepResult, width = 0): string {
  const state = failed > 0 ? "FAILED" : "ok    ";
  const tests = passed + failed > 1 ? `  ${passed} passed, ${failed} failed` : "";
  const rest = skipped > 0 ? `, ${skipped} skipped` : "";
  return `${state}  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s${tests}${rest}`;
}

/** The closing line of CI: every test of every step. */
export function total(results: readonly StepResult[]): { passed: number; failed: number } {
  const sum = (key: "passed" | "failed") => results.reduce((all, one) => all + one[key], 0);
  return { passed: sum("passed"), failed: sum("failed") };
}
