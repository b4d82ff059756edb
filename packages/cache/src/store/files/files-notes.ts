import { closeSync, fstatSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type MaybePromise, whenReady } from "../../maybe-promise.ts";
import { crypto } from "../../node-crypto.ts";
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
export class FilesNotes implements InvalidationStore {
  readonly #folder: Folder;
  readonly #list: OpenList;

  constructor(folder: Folder) {
    this.#folder = folder;
    this.#list = new OpenList(folder);
  }

  around<T>(note: Invalidation, change: () => MaybePromise<T>): MaybePromise<T> {
    const line = `${JSON.stringify(note)}\n`;
    try {
      this.#list.append(line);
    } catch {
      // A full disk may have room once something is gone: it is the note after that must be there.
    }
    return whenReady(change(), (made) => {
      this.#list.appendLast(line);
      return made;
    });
  }

  since(position?: string): InvalidationNews {
    return read(pathOf(this.#folder.openToWrite()), position);
  }

  close(): void {
    this.#list.close();
  }
}

function pathOf({ root }: Folder): string {
  return join(root, "notes");
}

/** Where an open file cannot be replaced, it is opened for each note. */
const STAYS_OPEN = process.platform !== "win32";

interface Opened {
  readonly file: number;
  /** While the file is open, no other has the same. */
  readonly inode: number;
}

/** The list to append to. It stays open: to open it costs more than a note. */
class OpenList {
  readonly #folder: Folder;
  readonly #path: string;
  #open: Opened | undefined;

  constructor(folder: Folder) {
    this.#folder = folder;
    this.#path = pathOf(folder);
  }

  append(line: string): void {
    writeSync(this.#opened().file, line);
    if (!STAYS_OPEN) this.close();
  }

  /** Appends, and looks whether others read this list. */
  appendLast(line: string): void {
    const { inode } = this.#opened();
    this.append(line);
    const found = statSync(this.#path, { throwIfNoEntry: false });
    // Another process has begun a new list, or the folder was made again: the note belongs there.
    if (found?.ino !== inode) {
      this.close();
      this.appendLast(line);
    } else if (found.size > LONGEST) {
      this.close();
      beginAnew(this.#path, this.#folder);
    }
  }

  close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open) closeSync(open.file);
  }

  #opened(): Opened {
    if (this.#open) return this.#open;
    this.#folder.openToWrite();
    const file = openSync(this.#path, "a", 0o600);
    const { size, ino } = fstatSync(file);
    if (size === 0) writeSync(file, head());
    this.#open = { file, inode: ino };
    return this.#open;
  }
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
 * To read from; a list is begun where there is none, or one that has no head yet (another process is
 * about to write it), so that a position is always one of a list. Undefined where there is none and
 * none can be made.
 */
function openMade(path: string): number | undefined {
  for (let begun = false; ; begun = true) {
    const file = openFound(path);
    if (file !== undefined && (begun || fstatSync(file).size > 0)) return file;
    if (file !== undefined) closeSync(file);
    else if (begun) throw new Error("The list of notes was removed as soon as it was begun.");
    if (!begin(path)) return undefined;
  }
}

function openFound(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
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
