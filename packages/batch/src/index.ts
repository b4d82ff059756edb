export { type BatchCode, BatchError } from "./batch-error.ts";
export type {
  BatchDefaults,
  BatchOptions,
  BatchProgress,
  BatchResult,
  BatchStop,
  Row,
  VendorBatchOptions,
} from "./contract.ts";
export { runBatch } from "./run-batch.ts";
export { endsBatch } from "./work/ends-batch.ts";
