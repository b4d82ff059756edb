import { type Intent, OpenBatch, type OpenBatches } from "./open-batch.ts";

/** The vendor of the batches, and what identifies their requests. */
export interface LedgerHead {
  readonly vendor: string;
  /** SHA-256 of the requests. */
  readonly asked: string;
}

/** An entry of the ledger. The mark is our name for the batch, the id the vendor's. */
export type LedgerEntry =
  | readonly ["intent", mark: string, intent: Omit<Intent, "mark">]
  | readonly ["submitted", mark: string, id: string]
  | readonly ["over", mark: string];

/** The parsed text of a ledger. */
export interface ReadLedger {
  /** Undefined if not even the head was written completely. */
  readonly head: LedgerHead | undefined;
  readonly open: OpenBatches;
  /**
   * Size in bytes up to the last line feed: what follows was being written when the run was killed.
   */
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

/** @returns The batch, if the entry is an intent */
export function apply(open: OpenBatches, entry: LedgerEntry): OpenBatch | undefined {
  const [kind, mark] = entry;
  const batch = kind === "intent" ? new OpenBatch({ mark, ...entry[2] }) : undefined;
  if (batch !== undefined) open.set(mark, batch);
  const known = open.get(mark);
  if (kind === "submitted" && known !== undefined) known.id = entry[2];
  if (kind === "over") open.delete(mark);
  return batch;
}
