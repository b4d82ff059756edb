import type { OpenBatch } from "./open-batch.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** Errors by the batch for which they were thrown, in order. */
export type Faults = Map<OpenBatch, unknown>;

/**
 * Processes the open batches in turn; one that fails does not prevent the others.
 * @throws DualModeError `ABORTED`
 */
export async function eachOpen(
  { ledger, signal }: VendorParts,
  go: (batch: OpenBatch) => Promise<void>,
): Promise<Faults> {
  const faults: Faults = new Map();
  for (const batch of [...ledger.open.values()]) {
    try {
      await go(batch);
    } catch (error) {
      if (signal.aborted) throw error;
      faults.set(batch, error);
    }
  }
  return faults;
}

/** Throws the first error, if there is any. */
export function throwFirst(faults: Faults): void {
  const [first] = faults.values();
  if (faults.size > 0) throw first;
}
