import { closeSync, fstatSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { crypto } from "../../builtin.ts";
import { whenReady } from "../../maybe-promise.ts";
import { isReadOnly } from "../read-only.ts";
import type { Invalidation, InvalidationNews, InvalidationStore } from "../store.ts";
import { atomicWrite } from "./atomic-write.ts";
import type { Folder } from "./folder.ts";

/** Beyond this many bytes a new list is begun; who followed the old one forgets everything. */
const LONGEST = 2 * 1024 * 1024;

/**
 * One line of JSON for each note, appended: short appends of several processes do not mix. The first
 * line is the name of the list.
 */
export function filesNotes(folder: Folder): InvalidationStore {
  return {
    around(note, change) {
      try {
        append(folder, note);
      } catch {
        // A full disk may have room once something is gone: it is the note after that must be there.
      }
      return whenReady(change(), (made) => {
        append(folder, note);
        return made;
      });
    },
    since: (position) => read(pathOf(folder), position),
  };
}

function pathOf(folder: Folder): string {
  return join(folder.openToWrite().root, "notes");
}

function append(folder: Folder, note: Invalidation): void {
  const path = pathOf(folder);
  const file = openSync(path, "a", 0o600);
  let size: number;
  try {
    const found = fstatSync(file);
    size = found.size;
    writeSync(file, `${size === 0 ? head() : ""}${JSON.stringify(note)}\n`);
    // Another process has begun a new list in this moment: the note belongs into that one.
    if (statSync(path, { throwIfNoEntry: false })?.ino !== found.ino) append(folder, note);
  } finally {
    closeSync(file);
  }
  if (size > LONGEST) beginAnew(path, folder);
}

/** The note is there already: where another process reads the list, Windows lets none take its place. */
function beginAnew(path: string, folder: Folder): void {
  try {
    atomicWrite(path, Buffer.from(head()), folder.temporary);
  } catch {
    // It is due again at the next note.
  }
}

/** A UUID, so that every head is of one length. */
function head(): string {
  return `${JSON.stringify({ list: crypto().randomUUID() })}\n`;
}

const HEAD = Buffer.byteLength('{"list":"00000000-0000-0000-0000-000000000000"}\n');
function read(path: string, position: string | undefined): InvalidationNews {
  const file = openMade(path);
  // Where nobody can have noted anything: what can only be read is not invalidated from here.
  if (file === undefined) return { position: "none/0", notes: [] };
  try {
    const { size } = fstatSync(file);
    const list = bytesOf(file, 0, HEAD).toString("latin1").slice(9, 45);
    if (position === undefined) return { position: `${list}/${size}`, notes: [] };
    const [known, offset] = position.split("/");
    const from = Number(offset);
    if (known !== list || from > size) return { position: `${list}/${size}`, notes: undefined };
    const news = bytesOf(file, from, size);
    const whole = news.subarray(0, news.lastIndexOf("\n") + 1);
    return { position: `${list}/${from + whole.length}`, notes: parsed(whole) };
  } finally {
    closeSync(file);
  }
}

/** A line that no cache wrote counts as everything. */
function parsed(lines: Buffer): readonly Invalidation[] | undefined {
  try {
    const each = lines.toString("utf8").split("\n").filter(Boolean);
    const notes = each.map((line) => JSON.parse(line) as Partial<Invalidation & { list: string }>);
    const made = notes.filter(({ list }) => list === undefined);
    const isNote = ({ author, target }: Partial<Invalidation>) =>
      typeof author === "string" && typeof target === "string";
    return made.every(isNote) ? (made as Invalidation[]) : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
}

/**
 * To read from; a list is begun where there is none, so that a position is always one of a list.
 * Undefined where there is none and none can be made.
 */
function openMade(path: string): number | undefined {
  for (let made = false; ; made = true) {
    try {
      return openSync(path, "r");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || made) throw error;
      if (!begin(path)) return undefined;
    }
  }
}

function begin(path: string): boolean {
  try {
    const file = openSync(path, "a", 0o600);
    if (fstatSync(file).size === 0) writeSync(file, head());
    closeSync(file);
    return true;
  } catch (error) {
    if (isReadOnly(error)) return false;
    throw error;
  }
}
