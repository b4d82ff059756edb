import { stripTerminalCodes } from "./strip-terminal-codes.ts";

const number = String.raw`v?(\d+\.\d[\w.+-]*)`;
/** The version alone, or behind the command's name and before a word in brackets. */
const itself = new RegExp(String.raw`^(?:[\w@/-]+ )?(?:version )?${number}(?: \(.*\))?$`, "i");
const atTheBeginning = new RegExp(String.raw`^${number}\b`);

/**
 * The version in what a command printed when it was asked for it: wrappers, version managers and
 * update notices say more, before it and behind it.
 *
 * @param own What the command's own line must hold ("(Acme Tool)"), where it is known.
 */
export function versionIn(said: string, own = ""): string | undefined {
  const lines = stripTerminalCodes(said)
    .split(/[\r\n]+/)
    .map((line) => line.trim());
  const owned = own === "" ? [] : lines.filter((line) => line.endsWith(own));
  const candidates = owned.length > 0 ? owned : lines;
  for (const form of [atTheBeginning, itself]) {
    const exact = candidates.find((line) => form.test(line) && itself.test(line));
    const found = exact ?? candidates.find((line) => form.test(line));
    if (found !== undefined) return form.exec(found)?.[1];
  }
  return undefined;
}
