import type { Kind, Row } from "./report.ts";

/** One of those that are compared. `batch` does the work `count` times. */
export interface Subject {
  readonly name: string;
  readonly kind: Kind;
  /** Waited for before each batch; its time is not counted. */
  ready?(): Promise<void>;
  /** Does the work `count` times; without a promise where the work itself has none. */
  batch(count: number): void | Promise<void>;
}

export interface CompareOptions {
  /** The subject to which ratios are taken. */
  readonly reference: string;
  /** Default 15. */
  readonly rounds?: number;
  /** How long one batch is to take, in ms; the count is found by trying. Default 20. */
  readonly batchMs?: number;
  /** A fixed count in place of `batchMs`, where the work cannot be repeated at will. */
  readonly count?: number;
  /** Microseconds in the unit of the result: 1 for µs, 1000 for ms. Default 1. */
  readonly unitUs?: number;
}

/** Batches' worth of work before anything is counted. */
const warmUpBatches = 10;

/**
 * Runs the subjects by turns, round after round and each time in another order, so that what the
 * machine does meanwhile falls on all of them. A ratio is the median of the rounds' ratios.
 */
export async function compare(
  subjects: readonly Subject[],
  options: CompareOptions,
): Promise<Row[]> {
  const { reference, rounds = 15, batchMs = 20, unitUs = 1 } = options;
  const base = subjects.find(({ name }) => name === reference);
  if (!base) throw new Error(`no subject is named ${reference}`);
  const counts = new Map<Subject, number>();
  for (const subject of subjects)
    counts.set(subject, options.count ?? (await calibrate(subject, batchMs)));
  const times = new Map(subjects.map((subject) => [subject, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const subject of rotated(subjects, round)) {
      await subject.ready?.();
      times.get(subject)?.push((await timed(subject, counts.get(subject) as number)) / unitUs);
    }
  }
  const baseTimes = times.get(base) as number[];
  return subjects.map((subject) => {
    const own = times.get(subject) as number[];
    const ratio = median(own.map((time, round) => time / (baseTimes[round] as number)));
    return { subject: subject.name, kind: subject.kind, figure: median(own), ratio };
  });
}

/** How often the work fits into `batchMs`, found by work enough that its code is warm. */
async function calibrate(subject: Subject, batchMs: number): Promise<number> {
  let count = 1;
  for (let spent = 0; ; ) {
    const ms = ((await timed(subject, count)) * count) / 1000;
    spent += ms;
    if (spent >= warmUpBatches * batchMs) return Math.max(1, Math.round((count * batchMs) / ms));
    if (ms < batchMs / 2) count *= 2;
  }
}

/** Microseconds for one piece of work. */
async function timed(subject: Subject, count: number): Promise<number> {
  globalThis.gc?.({ type: "minor" });
  const begun = performance.now();
  const pending = subject.batch(count);
  if (pending !== undefined) await pending;
  return ((performance.now() - begun) * 1000) / count;
}

function rotated<T>(values: readonly T[], by: number): T[] {
  const at = by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** The ratio of one subject to another in the rows of one comparison. */
export function ratioOf(rows: readonly Row[], subject: string, to: string): number {
  return row(rows, subject).ratio / row(rows, to).ratio;
}

export function row(rows: readonly Row[], subject: string): Row {
  const found = rows.find((one) => one.subject === subject);
  if (!found) throw new Error(`no row is named ${subject}`);
  return found;
}
