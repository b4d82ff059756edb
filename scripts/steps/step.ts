/** One command of a run, and how its outcome is counted. */
export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Where vitest writes its JSON report; a step without one counts as one. */
  readonly report?: string;
  /** After so many minutes the step is stopped and has failed. @default 10 */
  readonly minutes?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly output: string;
}
