import { stat } from "node:fs/promises";
import { BatchError } from "../batch-error.ts";

/** Returns a text that changes when somebody writes to the file. */
export async function stampOf(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path);
  return `${ino} ${size} ${mtimeMs}`;
}

/** @throws {@link BatchError} `INPUT_CHANGED` if the file is not the one that was read */
export async function checkUnchanged(path: string, stamp: string): Promise<void> {
  const now = await stampOf(path).catch(() => "");
  if (now !== stamp) throw inputChanged(path);
}

export function inputChanged(path: string): BatchError {
  return new BatchError(
    "INPUT_CHANGED",
    `${path} was changed while the batch was running.`,
    "Put it back as it was and start the batch again, or name another output.",
  );
}
