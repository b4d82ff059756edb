import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isMissing } from "../file/file-error.ts";

/** The size, in bytes, at which the audit's file is set aside and a new one started. */
export const longestFile: number = 64 * 1024 * 1024;

/** Returns the paths of the audit files that were set aside, the oldest first. */
export async function olderFiles(path: string): Promise<readonly string[]> {
  const { start, end } = partsOf(path);
  const names = await readdir(dirname(path)).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names
    .map((name) => ({ name, number: numberOf(name, start, end) }))
    .filter(({ number }) => number > 0)
    .sort((a, b) => a.number - b.number)
    .map(({ name }) => join(dirname(path), name));
}

/** Returns the path for the file that is set aside next: `acc-secrets.audit.1.jsonl`, and so on. */
export function nextOlderFile(path: string, older: readonly string[]): string {
  const { start, end } = partsOf(path);
  const last = older.at(-1);
  const number = last === undefined ? 0 : numberOf(basename(last), start, end);
  return join(dirname(path), `${start}${number + 1}${end}`);
}

function partsOf(path: string): { readonly start: string; readonly end: string } {
  return { start: basename(path).replace(/jsonl$/, ""), end: ".jsonl" };
}

function numberOf(name: string, start: string, end: string): number {
  if (!name.startsWith(start) || !name.endsWith(end)) return 0;
  const digits = name.slice(start.length, -end.length);
  return /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : 0;
}
