import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tell } from "../output/terminal.ts";

const told = "told";

/** Says on a terminal why not all is kept. */
export function tellPerson(what: string): void {
  if (process.stderr.isTTY) tell(`${what} ACC_LOG=off, or the setting log, keeps nothing.`);
}

/** The same, once for this folder, where that can be noted down. */
export function tellOnce(folder: string, what: string): void {
  if (!process.stderr.isTTY || existsSync(join(folder, told))) return;
  tellPerson(what);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, told), "", { mode: 0o600 });
  } catch {
    // It is told again then.
  }
}
