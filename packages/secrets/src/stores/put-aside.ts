import { rename } from "node:fs/promises";
import { dirname } from "node:path";
import { fileError, isMissing } from "../file/file-error.ts";
import { syncFolder } from "../file/replace-file.ts";

/** Renames those of the files that exist; nothing is deleted. Returns the new names. */
export async function putAside(paths: readonly string[], why: string): Promise<string[]> {
  const suffix = `.${why}-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`;
  const moved: string[] = [];
  for (const path of paths) {
    try {
      await rename(path, path + suffix);
      moved.push(path + suffix);
    } catch (error) {
      if (!isMissing(error)) throw fileError(error, "write", path);
    }
  }
  if (paths[0] !== undefined && moved.length > 0) await syncFolder(dirname(paths[0]));
  return moved;
}
