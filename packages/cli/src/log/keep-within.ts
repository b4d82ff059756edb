import { appendFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { conversationOf } from "./log-folder.ts";

/** The limits of the saved conversations. */
export interface LogBounds {
  /** Bytes of all conversations. */
  readonly size: number;
  /** Milliseconds since the last turn of a conversation. */
  readonly age: number;
}

/** A file with one byte per KiB written since the last check, so that counting is one append. */
const growth = "growth";

/** A file whose modification time is that of the last check. */
const looked = "looked";

const day = 86_400_000;

/**
 * Keeps the folder within its limits after `written` bytes were added. A check takes longer than a
 * write, so it runs only once the folder may have grown by a sixteenth, and every day.
 */
export function keepWithin(
  folder: string,
  bounds: LogBounds,
  written: number,
  current: string,
): void {
  const path = join(folder, growth);
  appendFileSync(path, ".".repeat(Math.ceil(written / 1024)), { mode: 0o600 });
  const mayGrow = Math.floor(bounds.size / 16 / 1024) * 1024;
  const isDue = Date.now() - lookedAt(folder) > Math.min(day, bounds.age / 16);
  if (!isDue && statSync(path).size * 1024 < mayGrow) return;
  removeOver(folder, { ...bounds, size: bounds.size - mayGrow }, current);
  writeFileSync(path, "", { mode: 0o600 });
  writeFileSync(join(folder, looked), "", { mode: 0o600 });
}

/** Removes the oldest conversations beyond the limits, but never the `current` one. */
function removeOver(folder: string, { size, age }: LogBounds, current?: string): void {
  const files = filesIn(folder).sort((one, other) => other.changed - one.changed);
  const oldest = Date.now() - age;
  let bytes = 0;
  for (const { path, conversation, changed, size: own } of files) {
    bytes += own;
    if (conversation === current || (bytes <= size && changed >= oldest)) continue;
    rmSync(path, { force: true });
  }
}

/** The file of a conversation in the folder. */
export interface LogFile {
  readonly conversation: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** When its last turn was written, in milliseconds since the epoch. */
  readonly changed: number;
}

export function filesIn(folder: string): LogFile[] {
  return namesIn(folder).flatMap((name) => {
    const conversation = conversationOf(name);
    const path = join(folder, name);
    const found = conversation && statSync(path, { throwIfNoEntry: false });
    return found ? [{ conversation, path, size: found.size, changed: found.mtimeMs }] : [];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function lookedAt(folder: string): number {
  return statSync(join(folder, looked), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
