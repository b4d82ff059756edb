import { BatchError, reasonOf } from "../batch-error.ts";

export function unwritable(error: unknown): BatchError {
  const message = `The answers cannot be written: ${reasonOf(error)}.`;
  const fix = "Make room for them, and start the batch again: it continues where it stopped.";
  return new BatchError("OUTPUT_UNWRITABLE", message, fix, error);
}
