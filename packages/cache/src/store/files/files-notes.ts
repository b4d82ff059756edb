import { closeSync, fstatSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type MaybePromise, whenReady } from "../../maybe-promise.ts";
import { crypto } from "../../node-crypto.ts";
import { isReadOnly } from "../read-only.ts";
import type { Invalidation, InvalidationNews, InvalidationStore } from "../store.ts";
import { atomicWrite } from "./atomic-write.ts";
import type { Folder } from "./folder.ts";

/**
 * The size of the list, in bytes, above which a new one is started; followers of the old list then
 * forget everything.
 */
const LONGEST = 2 * 1024 * 1024;

/**
 * Appends one line of JSON for each note: short appends of several processes do not mix. The first
 * line has the name of the list.
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
      // On a full disk there may be room after the change; only the second note is required.
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

/** If an open file cannot be replaced, it is opened for each note. */
const STAYS_OPEN = process.platform !== "win32";

interface Opened {
  readonly file: number;
  /** While the file is open, no other file has this inode. */
  readonly inode: number;
}

/** The list to append to. It stays open, because opening it costs more than a note. */
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

  /** Appends, and checks that this is still the list that others read. */
  appendLast(line: string): void {
    const { inode } = this.#opened();
    this.append(line);
    const found = statSync(this.#path, { throwIfNoEntry: false });
    // Another process has started a new list, or the folder was recreated: the note must be in the
    // new list.
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

/**
 * Starts a new list; the note has already been written. On Windows a file that another process
 * reads cannot be replaced.
 */
function beginAnew(path: string, folder: Folder): void {
  try {
    atomicWrite(path, Buffer.from(head()), folder.temporary);
  } catch {
    // The next note tries again.
  }
}

/** Returns the first line; a UUID gives every one the same length. */
function head(): string {
  return `${JSON.stringify({ list: crypto().randomUUID() })}\n`;
}

const HEAD = Buffer.byteLength('{"list":"00000000-0000-0000-0000-000000000000"}\n');
function read(path: string, position: string | undefined): InvalidationNews {
  const file = openMade(path);
  // The folder is read-only and has no notes: nothing can be invalidated from here.
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

/** Parses the notes. A line that no cache wrote counts as an invalidation of everything. */
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
 * Opens the list for reading. Starts a list if there is none, or if it has no first line yet
 * (another process is about to write it), so that a position always belongs to a list. Returns
 * undefined if there is no list and none can be created.
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
