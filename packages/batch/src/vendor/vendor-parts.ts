import type { VendorBatches } from "@acc/dual-mode";
import type { VendorBatchOptions } from "../contract.ts";
import type { RunParts } from "../work/batch-run.ts";
import type { Ledger } from "./ledger.ts";
import type { RefusedBatches } from "./refused-batches.ts";

/** What a run with a vendor's batch API needs. */
export interface VendorParts extends RunParts {
  readonly batches: VendorBatches;
  readonly ledger: Ledger;
  readonly refusals: RefusedBatches;
  readonly how: Required<VendorBatchOptions>;
}
