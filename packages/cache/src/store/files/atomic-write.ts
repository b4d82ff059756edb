import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { temporaryPath } from "./temporary.ts";

/** Writes a new file and renames it: a reader sees either the old or the new file, never a part. */
export function atomicWrite(path: string, bytes: Uint8Array, temporaryFolder: string): void {
  const temporary = temporaryPath(temporaryFolder);
  try {
    writeFileSync(temporary, bytes, { mode: 0o600, flag: "wx" });
    renameInto(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function renameInto(temporary: string, path: string): void {
  try {
    renameSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    renameSync(temporary, path);
  }
}
