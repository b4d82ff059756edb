import { DualModeError } from "@acc/dual-mode";
import { batchUnknown, isSameAccount } from "./account.ts";
import type { OpenBatch } from "./open-batch.ts";
import { pause, waitAfter } from "./patiently.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** Most attempts to query a batch that the vendor says it does not know. */
const tries = 7;

/**
 * Queries a batch. A vendor may say that a batch does not exist although it does, even after it has
 * returned it before (anthropics/anthropic-sdk-python#1432), so the query is repeated, for two
 * minutes if nothing else is set.
 */
export async function untilKnown<T>(
  { how, signal }: VendorParts,
  ask: () => Promise<T>,
  most: number = tries,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnknown(error) || count >= most) throw error;
      await pause(waitAfter(error, how.poll, count), signal);
    }
  }
}

export function isUnknown(error: unknown): error is DualModeError {
  return DualModeError.is(error) && error.status === 404;
}

/**
 * Queries a batch that the vendor is known to have. If the vendor still does not know it in the
 * end, and batches are being cancelled, it counts as ended.
 * @throws BatchError `BATCH_UNKNOWN`
 */
export async function unlessGone<T>(
  parts: VendorParts,
  batch: OpenBatch,
  ask: (id: string) => Promise<T>,
): Promise<T | undefined> {
  const { id } = batch;
  if (id === undefined) return undefined;
  const { batches, ledger, how } = parts;
  const most = isSameAccount(batch.account, batches.account) ? tries : 1;
  try {
    return await untilKnown(parts, () => ask(id), most);
  } catch (error) {
    if (!isUnknown(error)) throw error;
    if (!how.cancel) throw batchUnknown(batch, id, batches.provider);
    await ledger.over(batch);
    return undefined;
  }
}
