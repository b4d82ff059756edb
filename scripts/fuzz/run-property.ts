import fc from "fast-check";

export type SomeProperty = fc.IProperty<unknown> | fc.IAsyncProperty<unknown>;

export interface Budget {
  readonly seed: number;
  /** At most so many runs of each property; without it, as many as the time holds. */
  readonly runs?: number;
  readonly seconds: number;
  /** Whether a found fault is written into the file's `.found.json`. */
  readonly keep: boolean;
}

/** Where fast-check finds an input again. */
export interface Origin {
  readonly seed: number;
  readonly path: string;
}

type Outcome =
  | { readonly runs: number; readonly fault?: undefined }
  | { readonly fault: Origin; readonly report: string };

/** Milliseconds of the processor after which one run of a property is a fault. */
const slowMs = 2_000;
/** A shrink may not go on for ever where each of its steps is slow. */
const shrinkMs = 60_000;

export async function runProperty(property: SomeProperty, budget: Budget): Promise<Outcome> {
  const details = await fc.check(timed(property), {
    seed: budget.seed,
    numRuns: budget.runs ?? Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: budget.seconds * 1_000,
    markInterruptAsFailure: false,
    skipAllAfterTimeLimit: budget.seconds * 1_000 + shrinkMs,
  });
  if (!details.failed) return { runs: details.numRuns };
  const fault = { seed: details.seed, path: details.counterexamplePath ?? "0" };
  return { fault, report: reportOf(details) };
}

/** The report of a kept fault that is there again; undefined where it is not. */
export async function replay(property: SomeProperty, { seed, path }: Origin) {
  const details = await fc.check(timed(property), { seed, path, endOnFailure: true });
  return details.failed ? reportOf(details) : undefined;
}

function reportOf(details: fc.RunDetails<unknown>): string {
  return [fc.defaultReportMessage(details), details.errorInstance].filter(Boolean).join("\n");
}

/** The property, of which a run that keeps the processor too long has failed. */
function timed(property: SomeProperty): SomeProperty {
  const run = property.run.bind(property);
  const timedRun = (value: unknown) => {
    const begun = { wall: performance.now(), cpu: process.cpuUsage() };
    const failure = run(value);
    return failure instanceof Promise
      ? failure.then((found) => found ?? slowness(begun))
      : (failure ?? slowness(begun));
  };
  return Object.assign(Object.create(property), { run: timedRun });
}

function slowness(begun: { wall: number; cpu: NodeJS.CpuUsage }): { error: unknown } | null {
  if (performance.now() - begun.wall < slowMs) return null;
  const { user, system } = process.cpuUsage(begun.cpu);
  const ms = Math.round((user + system) / 1_000);
  return ms < slowMs ? null : { error: new Error(`One run took ${ms} ms of the processor.`) };
}
