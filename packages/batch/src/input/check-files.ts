import { stat } from "node:fs/promises";
import { BatchError } from "../batch-error.ts";
import type { BatchPaths } from "../journal/wanted.ts";

/**
 * @throws {@link BatchError} `INPUT_UNREADABLE` for an input that can be read only once, such as the
 * pipe of a shell's `<(…)`, and `OUTPUT_UNWRITABLE` for an output that a later run cannot continue
 */
export async function checkFiles({ input, output, failures }: BatchPaths): Promise<void> {
  if (await isNoFile(input)) {
    const message = `${input} is not a file, and the input of a batch is read more than once.`;
    throw new BatchError("INPUT_UNREADABLE", message, "Save it to a file, and name that.");
  }
  for (const path of [output, failures]) {
    if (!(await isNoFile(path))) continue;
    throw new BatchError("OUTPUT_UNWRITABLE", `${path} is not a file.`, "Name a file.");
  }
}

/** Returns false if the path does not exist or cannot be accessed: opening it reports that. */
async function isNoFile(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isFile();
  } catch {
    return false;
  }
}
