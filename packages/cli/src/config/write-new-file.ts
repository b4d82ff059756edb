import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { unwritable } from "./unwritable.ts";

/**
 * Writes a file that is not there, whole or not at all.
 *
 * @returns False where it is there already; it is left as it is.
 * @throws Failure `FILE_UNWRITABLE`
 */
export async function writeNewFile(path: string, text: string): Promise<boolean> {
  let isFolderThere = false;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    isFolderThere = true;
    await writeFile(path, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (isFolderThere && (error as NodeJS.ErrnoException).code === "EEXIST") return false;
    await rm(path, { force: true }).catch(() => {});
    throw unwritable(path, error);
  }
}
