/** What the journal says first: of which input it is. */
export interface JournalHead {
  readonly batch: 1;
  /** SHA-256 of the input's bytes. */
  readonly input: string;
  /** SHA-256 over its requests. */
  readonly asked: string;
  readonly lines: number;
  /** The file of the failures, as it was named. */
  readonly failures: string;
}

/**
 * A line of the journal. `end` is where the line's text ends in its file; costs are in US dollars,
 * and null where nobody told.
 */
export type Entry =
  | readonly ["answered", index: number, end: number, crc32: number, cost: number | null]
  | readonly ["failed", index: number, end: number, crc32: number, cost: number | null]
  /** It is about to be asked, and may cost so much. */
  | readonly ["begun", index: number, most: number]
  /** What has failed is to be asked again. */
  | readonly ["retry"]
  /** The disk has all that the journal tells of up to this byte of it. */
  | readonly ["durable", end: number];

/** Reads a line; undefined where it is none of ours. */
export function readEntry(text: string): Entry | undefined {
  try {
    const entry = JSON.parse(text) as Entry;
    const [kind, ...numbers] = Array.isArray(entry) ? entry : [];
    const wanted = { answered: 4, failed: 4, begun: 2, retry: 0, durable: 1 }[String(kind)];
    const isWhole = numbers.length === wanted && numbers.every(isNumber);
    return isWhole ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isNumber(value: unknown): boolean {
  return value === null || (typeof value === "number" && value >= 0);
}
