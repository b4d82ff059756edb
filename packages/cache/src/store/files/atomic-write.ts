import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

let serial = 0;

/** The name says whose it is, so that what a killed process left behind can be told. */
export function temporaryPath(folder: string): string {
  serial++;
  return join(folder, `${process.pid}.${Date.now().toString(36)}.${serial}`);
}

/** Writes beside and renames: a reader sees the old file or the new one, never a part of either. */
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
