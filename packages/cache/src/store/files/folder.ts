import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { CacheError } from "../../error.ts";
import { canBeSignalled } from "../owner.ts";

const FORMAT = 1;

/** A temporary file that is older than this many ms belongs to nobody, whatever its name says. */
const LONGEST_WRITE = 60 * 60 * 1000;

/** The folders of a files store, made on first use. */
export class Folder {
  readonly entries: string;
  readonly temporary: string;
  readonly leases: string;
  readonly root: string;
  #ready = false;

  constructor(directory: string) {
    this.root = join(directory, "files");
    this.entries = join(this.root, "entries");
    this.temporary = join(this.root, "tmp");
    this.leases = join(this.root, "leases");
  }

  /** @throws CacheError `NEWER_FORMAT`, or what the file system throws */
  open(): this {
    if (this.#ready) return this;
    for (const folder of [this.entries, this.temporary, this.leases]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    this.#checkFormat();
    this.sweep();
    this.#ready = true;
    return this;
  }

  /** For a write: looks whether the folder is still there, and makes it again if not. */
  openToWrite(): this {
    if (this.#ready && !existsSync(this.temporary)) this.#ready = false;
    return this.open();
  }

  /** Removes the temporary files of processes that are gone. */
  sweep(): void {
    for (const name of readdirSync(this.temporary)) {
      const path = join(this.temporary, name);
      const owner = Number(name.split(".")[0]);
      if (!canBeSignalled(owner) || ageOf(path) > LONGEST_WRITE) rmSync(path, { force: true });
    }
  }

  #checkFormat(): void {
    const path = join(this.root, "format");
    let found = FORMAT;
    try {
      found = Number.parseInt(readFileSync(path, "utf8"), 10) || FORMAT;
    } catch {
      writeFileSync(path, `${FORMAT}\n`, { mode: 0o600 });
    }
    if (found <= FORMAT) return;
    const message = `${this.root} has format ${found}; this version reads ${FORMAT}. Update @acc/cache.`;
    throw new CacheError("NEWER_FORMAT", message);
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
