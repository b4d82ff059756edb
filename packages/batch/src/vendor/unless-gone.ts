import { DualModeError } from "@acc/dual-mode";
import { batchUnknown, isSameAccount } from "./account.ts";
import type { OpenBatch } from "./open-batch.ts";
import { pause, waitAfter } from "./patiently.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** How often a batch is asked of that the vendor says it does not know. */
const tries = 7;

/**
 * Asks of a batch. A vendor may say of one that it has that there is none, also after it has told of it
 * before (anthropics/anthropic-sdk-python#1432): it is asked again, for two minutes where nothing else is
 * said.
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
 * Asks of a batch that the vendor is known to have. What it still does not know in the end is over where
 * batches are to be cancelled.
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
