import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CacheError } from "../../error.ts";
import { ownFolder } from "../own-folder.ts";
import { isReadOnly } from "../read-only.ts";
import { atomicWrite } from "./atomic-write.ts";
import { sweepTemporary } from "./temporary.ts";

/** Format 2 added the notes of invalidations. */
const FORMAT = 2;

/** The folders of a files store, created at the first use. */
export class Folder {
  readonly entries: string;
  readonly temporary: string;
  readonly leases: string;
  readonly root: string;
  readonly #directory: string;
  #ready = false;

  constructor(directory: string) {
    this.#directory = directory;
    this.root = join(directory, "files");
    this.entries = join(this.root, "entries");
    this.temporary = join(this.root, "tmp");
    this.leases = join(this.root, "leases");
  }

  /**
   * @throws CacheError `NEWER_FORMAT`, `WRONG_OWNER`, `UNSAFE_PERMISSIONS`, or the file system's
   * error
   */
  open(): this {
    if (this.#ready) return this;
    ownFolder(this.#directory);
    ownFolder(this.root);
    const format = readFormat(this.#format);
    if (format > FORMAT) throw this.#newer(format);
    try {
      this.#make(format);
    } catch (error) {
      // A read-only folder can still be read; each write fails on its own.
      if (!isReadOnly(error) || !existsSync(this.entries)) throw error;
    }
    this.#ready = true;
    return this;
  }

  #make(format: number): void {
    for (const folder of [this.entries, this.temporary, this.leases]) {
      if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    if (format < FORMAT) atomicWrite(this.#format, Buffer.from(`${FORMAT}\n`), this.temporary);
    this.sweep();
  }

  /** Writes a file atomically. A folder that was deleted in the meantime is created again. */
  write(path: string, bytes: Uint8Array): void {
    try {
      atomicWrite(path, bytes, this.open().temporary);
    } catch (error) {
      if (!this.#ready || (error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      this.#ready = false;
      atomicWrite(path, bytes, this.open().temporary);
    }
  }

  /** Opens the folder for a change, and creates it again if it was deleted. */
  openToWrite(): this {
    if (this.#ready && !existsSync(this.temporary)) this.#ready = false;
    return this.open();
  }

  /** Removes the temporary files of dead processes. */
  sweep(): void {
    sweepTemporary(this.temporary);
  }

  get #format(): string {
    return join(this.root, "format");
  }

  #newer(found: number): CacheError {
    const message = `${this.root} has format ${found}; this version reads ${FORMAT}. Update @acc/cache.`;
    return new CacheError("NEWER_FORMAT", message);
  }
}

/** Returns 0 if there is no format yet. */
function readFormat(path: string): number {
  try {
    return Number.parseInt(readFileSync(path, "utf8"), 10) || 0;
  } catch {
    return 0;
  }
}
