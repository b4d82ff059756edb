import { CacheError } from "../../error.ts";

const BUSY = 5;
const LOCKED = 6;
const FULL = 13;
const IO_ERROR = 10;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;
const SHORT_READ = 522;
const PLAIN_ERROR = 1;

/** Returns the error code; SQLite's primary result code is the low byte of the extended one. */
function codeOf(error: unknown): number {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === "number" ? errcode : 0;
}

export function isBusy(error: unknown): boolean {
  const code = codeOf(error) & 0xff;
  return code === BUSY || code === LOCKED;
}

/** Returns true if there is no space left to write. */
export function isFull(error: unknown): boolean {
  const code = codeOf(error) & 0xff;
  return code === FULL || code === IO_ERROR;
}

/** Returns true if the file is damaged. */
export function isDamage(error: unknown): boolean {
  if (CacheError.is(error)) return error.code === "DAMAGED";
  const code = codeOf(error);
  if (code === SHORT_READ) return true;
  // A schema with a corrupted letter lacks a table or a column.
  if (code === PLAIN_ERROR) return /no such (table|column|index)/.test(String(error));
  return (code & 0xff) === CORRUPT || (code & 0xff) === NOT_A_DATABASE;
}
