import { type BatchResult, DualModeError } from "@acc/dual-mode";
import type { OpenBatch } from "./open-batch.ts";
import { patiently } from "./patiently.ts";
import { type Outcome, settleLines } from "./settle-lines.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** Characters of results that are held before the input is read for their lines. */
const mostHeld = 8 * 1024 * 1024;

/**
 * Writes the results of a batch that has ended, each line once: lines that an earlier run has
 * written are skipped, and of two results for one line the first counts. If results are missing,
 * they are fetched again. In the end, lines without a result fail if other lines have one, or if
 * batches are being cancelled.
 * @returns Why the batch was refused as a whole, if it was; its lines then stay pending
 * @throws DualModeError `INVALID_OUTPUT` if no result at all can be read
 * @throws BatchError `INPUT_CHANGED` if a result could be assigned to the wrong line
 */
export async function fold(
  parts: VendorParts,
  batch: OpenBatch,
  id: string,
): Promise<DualModeError | undefined> {
  const { ledger, recorder, signal, batches } = parts;
  const unread = noneReadable(batches.provider, id);
  let came: Came = { isAny: false };
  const look = async () => {
    came = await foldResults(parts, batch, id);
    const isWhole = came.rest !== undefined && !came.rest.missing;
    if (!isWhole && pendingOf(parts, batch) > 0) throw unread;
  };
  try {
    await patiently(signal, betweenLooks(parts), look, () => pendingOf(parts, batch));
  } catch (error) {
    if (error !== unread) throw error;
  }
  const refused = came.rest?.refused;
  if (refused === undefined) await settleRest(parts, batch, came, unread);
  await recorder.durable();
  await ledger.over(batch);
  return refused;
}

/**
 * The longest pause in milliseconds: a low `poll` must not give up on results that the vendor
 * delivers late.
 */
function betweenLooks({ how: { poll } }: VendorParts): number {
  return 10 * poll;
}

/** Counts the lines that have neither an answer nor a failure yet. */
function pendingOf({ recorder }: VendorParts, { lines }: OpenBatch): number {
  let count = 0;
  for (const index of lines.keys()) if (recorder.settled.isPending(index)) count += 1;
  return count;
}

/** What one reading of a batch's results has found. */
interface Came {
  /** Whether there was a result for one of its lines. */
  readonly isAny: boolean;
  /** The result for all lines that have none of their own. */
  readonly rest?: BatchResult;
}

/**
 * Writes the results of single lines in the order in which they arrive, including those that
 * arrived before the vendor broke off.
 */
async function foldResults(parts: VendorParts, batch: OpenBatch, id: string): Promise<Came> {
  const { batches, signal, recorder } = parts;
  let held = new Map<number, Outcome>();
  let size = 0;
  let isAny = false;
  let rest: BatchResult | undefined;
  const settleHeld = async () => {
    const taken = held;
    held = new Map();
    size = 0;
    if (taken.size > 0) await settleLines(parts, batch, (index) => taken.get(index));
  };
  const take = async (each: BatchResult) => {
    if (each.id === undefined) rest ??= each;
    const index = each.id === undefined ? undefined : batch.indexOf(each.id);
    if (index === undefined) return;
    isAny = true;
    if (held.has(index) || !recorder.settled.isPending(index)) return;
    held.set(index, each);
    size += JSON.stringify(each.result)?.length ?? 0;
    if (size >= mostHeld) await settleHeld();
  };
  try {
    await batches.results(id, take, signal);
  } catch (error) {
    if (!signal.aborted) await settleHeld();
    throw error;
  }
  await settleHeld();
  return { isAny, ...(rest && { rest }) };
}

/**
 * Fails all lines that still have no result. Answers that were made but cannot be read are billed,
 * and it is unknown which lines they belong to, so each line counts with its share of their cost.
 */
async function settleRest(
  parts: VendorParts,
  batch: OpenBatch,
  { isAny, rest }: Came,
  unread: DualModeError,
): Promise<void> {
  const pending = pendingOf(parts, batch);
  if (pending === 0) return;
  const missing = rest === undefined ? pending : (rest.missing ?? 0);
  const outcome =
    missing > 0 && !isAny && !parts.how.cancel
      ? { unread }
      : { ...(rest && { result: rest.result }), paid: Math.min(1, missing / pending) };
  await settleLines(parts, batch, (index) => (batch.lines.has(index) ? outcome : undefined));
}

function noneReadable(vendor: string, id: string): DualModeError {
  const message = `${vendor}'s batch ${id} has ended, and none of its results can be read.`;
  const fix = "Start it again later; or with cancel to give them up.";
  return new DualModeError("INVALID_OUTPUT", message, { fix });
}
