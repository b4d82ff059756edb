import { type Intent, OpenBatch, type OpenBatches } from "./open-batch.ts";

/** Whose batches they are, and of which requests. */
export interface LedgerHead {
  readonly vendor: string;
  /** SHA-256 over the requests. */
  readonly asked: string;
}

/** A line of the ledger; the mark is the batch's own, the id the vendor's. */
export type LedgerEntry =
  | readonly ["intent", mark: string, intent: Omit<Intent, "mark">]
  | readonly ["submitted", mark: string, id: string]
  | readonly ["over", mark: string];

/** What the text of a ledger says. */
export interface ReadLedger {
  /** Undefined where none was written whole. */
  readonly head: LedgerHead | undefined;
  readonly open: OpenBatches;
  /** Bytes of it: what is behind the last line feed was being written as the run was killed. */
  readonly end: number;
}

/** @throws SyntaxError */
export function readLedger(text: string): ReadLedger {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const [first, ...lines] = whole.split("\n").slice(0, -1);
  const open: OpenBatches = new Map();
  for (const line of lines) apply(open, JSON.parse(line) as LedgerEntry);
  const head = first === undefined ? undefined : (JSON.parse(first) as LedgerHead);
  return { head, open, end: Buffer.byteLength(whole) };
}

/** @returns The batch that an intent makes */
export function apply(open: OpenBatches, entry: LedgerEntry): OpenBatch | undefined {
  const [kind, mark] = entry;
  const batch = kind === "intent" ? new OpenBatch({ mark, ...entry[2] }) : undefined;
  if (batch !== undefined) open.set(mark, batch);
  const known = open.get(mark);
  if (kind === "submitted" && known !== undefined) known.id = entry[2];
  if (kind === "over") open.delete(mark);
  return batch;
}
