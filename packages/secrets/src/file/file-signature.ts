import { statSync } from "node:fs";
import { fileError } from "./file-error.ts";

/** Returns a text that changes whenever the file is replaced or written. It costs one stat. */
export function fileSignature(path: string): string {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}` : "none";
  } catch (error) {
    throw fileError(error, "read", path);
  }
}
