import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tell } from "../output/terminal.ts";

const told = "told";

/** Tells on a terminal why something is not saved. */
export function tellPerson(what: string): void {
  if (process.stderr.isTTY) tell(`${what} ACC_LOG=off, or the setting log, keeps nothing.`);
}

/** Does the same only once for this folder, if that can be recorded. */
export function tellOnce(folder: string, what: string): void {
  if (!process.stderr.isTTY || existsSync(join(folder, told))) return;
  tellPerson(what);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, told), "", { mode: 0o600 });
  } catch {
    // The note is shown again next time.
  }
}
