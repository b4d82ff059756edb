import type { BatchAccount, VendorBatches } from "@acc/dual-mode";
import { BatchError } from "../batch-error.ts";
import type { OpenBatch } from "./open-batch.ts";

export function isSameAccount(one: BatchAccount, other: BatchAccount): boolean {
  return one.baseUrl === other.baseUrl && one.key === other.key;
}

/** Describes the account that a batch was submitted to. */
function toldAccount({ baseUrl, key }: BatchAccount): string {
  return `${baseUrl ?? "the vendor's own address"} with the key whose SHA-256 begins with ${key}`;
}

/** The error if the vendor may have the batch, but this key and address cannot tell. */
export function otherAccount({ account }: OpenBatch, batches: VendorBatches): BatchError {
  return new BatchError(
    "OTHER_ACCOUNT",
    `Lines of this output may be in a batch at ${toldAccount(account)}; now ${batches.provider} is asked at ${toldAccount(batches.account)}.`,
    "Start it again with that key and address; or with cancel to give that batch up and ask its lines again later.",
  );
}

/** The error if the vendor does not know the batch. */
export function batchUnknown({ account }: OpenBatch, id: string, vendor: string): BatchError {
  return new BatchError(
    "BATCH_UNKNOWN",
    `${vendor} knows no batch ${id}; it was submitted to ${toldAccount(account)}.`,
    "Start it again with that key and address; or with cancel to give that batch up and ask its lines again later.",
  );
}

/**
 * The error if the batch may be one that runs at the vendor: which one is known only when it has
 * ended.
 */
export function batchUnidentified({ lines, at }: OpenBatch, vendor: string): BatchError {
  const when = new Date(at).toISOString();
  return new BatchError(
    "BATCH_UNIDENTIFIED",
    `A batch submitted to ${vendor} at ${when} (lines: ${lines.size}) may run there: which one that is cannot be told before it has ended. It is not cancelled.`,
    `Start it again when that has ended: what was answered is kept then. Or cancel it by hand at ${vendor} first.`,
  );
}
