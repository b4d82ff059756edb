import type { Ran } from "./run-bench.ts";

/** What a run of several benches gave; one that failed takes none of the others with it. */
export interface Outcome {
  readonly ran: ReadonlyMap<string, Ran>;
  /** Why each of the others gave no figures. */
  readonly failed: ReadonlyMap<string, string>;
}

/** Runs the benches one after the other and tells of each as soon as it has run. */
export async function runAll(
  names: readonly string[],
  runOne: (name: string) => Promise<Ran>,
  tell: (name: string, ran: Ran) => void,
): Promise<Outcome> {
  const ran = new Map<string, Ran>();
  const failed = new Map<string, string>();
  for (const name of names) {
    try {
      const done = await runOne(name);
      ran.set(name, done);
      tell(name, done);
    } catch (error) {
      failed.set(name, error instanceof Error ? error.message : String(error));
    }
  }
  return { ran, failed };
}

/** The document of `--json`. */
export function asJson({ ran, failed }: Outcome, full: boolean): string {
  const [first] = ran.values();
  const benches = [...ran].map(([name, { title, report }]) => [name, { title, ...report }]);
  const document = {
    machine: first?.machine,
    full,
    benches: Object.fromEntries(benches),
    failed: Object.fromEntries(failed),
  };
  return JSON.stringify(document, undefined, 2);
}
