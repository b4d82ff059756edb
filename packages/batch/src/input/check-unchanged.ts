import { stat } from "node:fs/promises";
import { BatchError } from "../batch-error.ts";

/** By what it is seen that somebody has written to a file. */
export async function stampOf(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path);
  return `${ino} ${size} ${mtimeMs}`;
}

/** @throws {@link BatchError} `INPUT_CHANGED` where the file is another than the one that was read */
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
