import type { Rows } from "./input-row.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonLines } from "./read-json-lines.ts";

export function isCsv(path: string): boolean {
  return /\.csv$/i.test(path);
}

/** @throws BatchError if the file cannot be read */
export async function readRows(path: string): Promise<Rows> {
  return isCsv(path) ? readCsv(path) : { columns: [], rows: readJsonLines(path) };
}
