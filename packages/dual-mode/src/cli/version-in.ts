import { stripTerminalCodes } from "./strip-terminal-codes.ts";

const number = String.raw`v?(\d+\.\d[\w.+-]*)`;
/** Matches a version alone, or after the command's name and before a word in brackets. */
const itself = new RegExp(String.raw`^(?:[\w@/-]+ )?(?:version )?${number}(?: \(.*\))?$`, "i");
const atTheBeginning = new RegExp(String.raw`^${number}\b`);

/**
 * Finds the version in what a command printed for `--version`: wrappers, version managers and
 * update notices may print more before and after it.
 *
 * @param own The end of the command's own line ("(Acme Tool)"), if it is known.
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
