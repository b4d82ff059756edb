import { mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { unwritable } from "./unwritable.ts";

/**
 * Writes a file that does not exist yet, whole or not at all.
 *
 * @returns False if it exists already; it is left as it is.
 * @throws Failure `FILE_UNWRITABLE`
 */
export async function writeNewFile(path: string, text: string): Promise<boolean> {
  let isFolderThere = false;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    isFolderThere = true;
    await using file = await open(path, "wx", 0o600);
    await file.writeFile(text).catch(async (error) => {
      await rm(path, { force: true }).catch(() => {});
      throw error;
    });
    return true;
  } catch (error) {
    if (isFolderThere && (error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw unwritable(path, error);
  }
}
