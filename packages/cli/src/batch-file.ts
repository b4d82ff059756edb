/** Built into a file of its own, so that commands without batches do not read it. */

export { endsBatch, runBatch } from "@acc/batch";
