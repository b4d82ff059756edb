import type { OpenBatch } from "./open-batch.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** What was thrown for batches, in their order. */
export type Faults = Map<OpenBatch, unknown>;

/**
 * Goes through the open batches: one that fails does not keep the others from their turn.
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

/** Throws the first of them. */
export function throwFirst(faults: Faults): void {
  const [first] = faults.values();
  if (faults.size > 0) throw first;
}
