import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files that hold entries: entry files, or the databases without their logs. */
export function dataFiles(folder: string): string[] {
  return filesBelow(folder).filter((path) => /entries|\.db$/.test(path));
}

export function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}
