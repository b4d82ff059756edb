import { crypto } from "../crypto.ts";

/**
 * The version of the lines that this package writes. Lines without a version come from before there
 * was one.
 */
export const lineFormat = 2;

/** The content of a line of the audit. It never contains a value. */
export interface AuditEntry {
  readonly seq: number;
  /** The version of the line's own format; absent in the first one. */
  readonly format?: number;
  /** The time in ISO 8601, by the clock of the process. */
  readonly time: string;
  readonly pid: number;
  readonly actor: string;
  readonly action: string;
  readonly name?: string;
  readonly version?: number;
  readonly source?: string;
  /** "ok", or the code of the refusal or failure. */
  readonly outcome: string;
  /** The generation of the store that a change produces; a read has none. */
  readonly generation?: number;
  /** The index of the audit key that signs the line. */
  readonly epoch: number;
  /** The signature of the line before. */
  readonly prev: string;
}

export interface SignedEntry extends AuditEntry {
  readonly mac: string;
}

/** Returns the text of a line, without its line break. */
export function formatLine(entry: AuditEntry, key: string): { text: string; mac: string } {
  const content = JSON.stringify(entry);
  const mac = macOf(content, key);
  return { text: `${content.slice(0, -1)},"mac":"${mac}"}`, mac };
}

/**
 * Returns the content of a line; undefined if it is not a whole entry. The signature is not
 * checked.
 */
export function parseLine(text: string): SignedEntry | undefined {
  try {
    const entry = JSON.parse(text) as Partial<SignedEntry> | null;
    const whole =
      Number.isSafeInteger(entry?.seq) &&
      typeof entry?.mac === "string" &&
      typeof entry.prev === "string";
    return whole ? (entry as SignedEntry) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns true if the line is, byte for byte, one that the holder of its epoch's key wrote. */
export function isSigned(text: string, { mac, epoch }: SignedEntry, keys: Epochs): boolean {
  const key = Number.isSafeInteger(epoch) ? keys[epoch] : undefined;
  const end = `,"mac":"${mac}"}`;
  return (
    key !== undefined && text.endsWith(end) && macOf(`${text.slice(0, -end.length)}}`, key) === mac
  );
}

/** The keys of the audit, in base64, by their epochs. */
export type Epochs = readonly string[];

function macOf(content: string, key: string): string {
  return crypto()
    .createHmac("sha256", Buffer.from(key, "base64"))
    .update(content)
    .digest("base64url");
}
