import type { VendorBatches } from "@acc/dual-mode";
import type { VendorBatchOptions } from "../contract.ts";
import type { RunParts } from "../work/batch-run.ts";
import type { Ledger } from "./ledger.ts";
import type { RefusedBatches } from "./refused-batches.ts";

/** What a run by a vendor's batches is made with. */
export interface VendorParts extends RunParts {
  readonly batches: VendorBatches;
  readonly ledger: Ledger;
  readonly refusals: RefusedBatches;
  readonly how: Required<VendorBatchOptions>;
}
