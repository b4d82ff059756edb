import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary-folder.ts";

/** A program of Node.js, by its lines; gives its absolute path. */
export function temporaryProgram(lines: string): string {
  const path = join(temporaryFolder(), "program");
  writeFileSync(path, `#!${process.execPath}\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}
