import { closeSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const NAME = /^cache-(\d+)\.db$/;

/**
 * Returns the current database in an existing folder: the one with the highest number. A damaged
 * one is set aside by starting the next number: renaming a file that other processes have open
 * would take their log from the new one.
 */
export function currentDatabase(folder: string): string {
  const path = join(folder, `cache-${Math.max(1, ...numbers(folder))}.db`);
  // SQLite gives its additional files the mode of the database.
  closeSync(openSync(path, "a", 0o600));
  return path;
}

/** Starts the database after a damaged one, unless another process already has. */
export function setAside(folder: string, damaged: string): void {
  if (currentDatabase(folder) !== damaged) return;
  const next = join(folder, `cache-${Math.max(...numbers(folder)) + 1}.db`);
  closeSync(openSync(next, "a", 0o600));
}

/** Deletes the databases that were set aside, except the last one, which may show what happened. */
export function removeSetAside(folder: string): void {
  const old = numbers(folder)
    .sort((a, b) => b - a)
    .slice(2);
  for (const number of old) {
    removeDatabase(join(folder, `cache-${number}.db`));
  }
}

export function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

function numbers(folder: string): number[] {
  return readdirSync(folder)
    .map((name) => NAME.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number);
}
