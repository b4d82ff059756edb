import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { unwritable } from "../output/unwritable.ts";

/**
 * Replaces a file atomically and keeps its permissions. Pass the real path, so that a symlink stays
 * a symlink.
 *
 * @throws Failure `FILE_UNWRITABLE`
 */
export async function replaceFile(path: string, text: string, isNew: boolean): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  try {
    if (isNew) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const mode = isNew ? 0o600 : (await stat(path)).mode & 0o777;
    await writeFile(unfinished, text, { flag: "wx", mode });
    await rename(unfinished, path);
  } catch (error) {
    throw unwritable(path, error);
  } finally {
    await rm(unfinished, { force: true }).catch(() => {});
  }
}
