/** What one part of the command found. */
export interface Figures {
  readonly title: string;
  readonly shown: Readonly<Record<string, string | number>>;
  /** Each of these is a failure unless it is 0. */
  readonly mustBeZero: Readonly<Record<string, number>>;
}

/** Prints the figures; true when nothing failed. */
export function report(figures: Figures, seconds: number): boolean {
  const failures = Object.values(figures.mustBeZero).filter((count) => count !== 0);
  const verdict = failures.length === 0 ? "ok" : "FAILED";
  console.log(`${verdict}  ${figures.title}  (${seconds.toFixed(1)} s)`);
  for (const [name, value] of Object.entries({ ...figures.shown, ...figures.mustBeZero })) {
    console.log(`      ${name}: ${value}`);
  }
  return failures.length === 0;
}
