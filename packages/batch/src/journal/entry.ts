/** The requests that were made of the lines. */
export interface AskedHow {
  /** SHA-256 of the requests. */
  readonly asked: string;
  /** Provider and model of the requests that name none; absent if unknown. */
  readonly model?: string;
}

/** The first line of the journal, which identifies the input. */
export interface JournalHead extends AskedHow {
  readonly batch: 1;
  /** SHA-256 of the input's content. */
  readonly input: string;
  readonly lines: number;
  /** The name of the file for failures. */
  readonly failures: string;
}

/**
 * An entry of the journal. `end` is where the line's text ends in its file; costs are in US
 * dollars, and null if unknown.
 */
export type Entry =
  | readonly ["answered", index: number, end: number, crc32: number, cost: number | null]
  | readonly ["failed", index: number, end: number, crc32: number, cost: number | null]
  /** The line is about to be sent, and may cost `most`. */
  | readonly ["begun", index: number, most: number]
  /** Failed lines are retried, and all that are left are sent as `how` says, or as before. */
  | readonly ["retry", how?: AskedHow]
  /** Everything that the journal records up to this byte is on the disk. */
  | readonly ["durable", end: number];

/**
 * Parses an entry. Returns undefined for one that was cut off, and "unknown" for one of another
 * version.
 */
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
