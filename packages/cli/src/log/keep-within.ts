import { appendFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { conversationOf } from "./log-folder.ts";

/** How much is kept, and for how long. */
export interface LogBounds {
  /** Bytes of all conversations. */
  readonly size: number;
  /** Milliseconds since the last turn of a conversation. */
  readonly age: number;
}

/** A byte for each KiB that was written since the folder was looked through: to append is one write. */
const growth = "growth";

/** Its time is when the folder was looked through. */
const looked = "looked";

const day = 86_400_000;

/**
 * Holds the folder to its bounds after so many bytes were written: it is looked through once it may have
 * grown by a sixteenth, and every day, for that takes longer than to write.
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

/** Removes what is over the bounds, the oldest first, and never the `current` one. */
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

/** The file of a conversation, as it is in the folder. */
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
