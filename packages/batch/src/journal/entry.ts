/** How lines are asked. */
export interface AskedHow {
  /** SHA-256 over the requests. */
  readonly asked: string;
  /** Provider and model of the requests that name none; absent where that is not known. */
  readonly model?: string;
}

/** What the journal says first: of which input it is. */
export interface JournalHead extends AskedHow {
  readonly batch: 1;
  /** SHA-256 of the input's bytes. */
  readonly input: string;
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
  /** What has failed is to be asked again, and all that is left as is told here, or as before. */
  | readonly ["retry", how?: AskedHow]
  /** The disk has all that the journal tells of up to this byte of it. */
  | readonly ["durable", end: number];

/** Reads a line; undefined where it is torn, "unknown" where it is whole and another version's. */
export function readEntry(text: string): Entry | "unknown" | undefined {
  let entry: Entry;
  try {
    entry = JSON.parse(text) as Entry;
  } catch {
    return undefined;
  }
  if (!Array.isArray(entry)) return undefined;
  const [kind, ...told] = entry;
  if (kind === "retry") return told.length <= 1 && told.every(isHow) ? entry : "unknown";
  const wanted = { answered: 4, failed: 4, begun: 2, durable: 1 }[String(kind)];
  return told.length === wanted && told.every(isNumber) ? entry : "unknown";
}

function isHow(value: unknown): boolean {
  return typeof (value as AskedHow | null)?.asked === "string";
}

function isNumber(value: unknown): boolean {
  return value === null || (typeof value === "number" && value >= 0);
}
