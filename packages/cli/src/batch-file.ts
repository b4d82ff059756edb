/** What is built into a file of its own, so that commands which ask no batch do not read it. */

export { endsBatch, runBatch } from "@acc/batch";
