import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type { MaybePromise } from "../../maybe-promise.ts";
import { KEPT_SHARE } from "../bounds.ts";
import type { PruneResult } from "../store.ts";
import { Touches } from "../touches.ts";
import type { Folder } from "./folder.ts";
import { type WalkedEntry, walk } from "./walk.ts";

/** A program that runs for a moment counts the folder at most this often, in ms. */
const COUNT_EVERY = 60 * 60 * 1000;

/** A write that comes while much is to be pruned waits for that, for this many ms at most. */
const WAIT = 100;

/** Keeps a folder within its bound. To count files is dear, so it is done when it may be needed. */
export class Pruner {
  readonly #folder: Folder;
  readonly #maxBytes: number;
  readonly #onEvict: (count: number) => void;
  readonly #touches: Touches;
  /** Bytes at the last count, undefined before it. */
  #counted: number | undefined;
  #written = 0;
  #running: Promise<PruneResult> | undefined;

  constructor(folder: Folder, maxBytes: number, onEvict: (count: number) => void) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#onEvict = onEvict;
    this.#touches = new Touches((used) => {
      for (const [path, time] of used) setUsed(path, time);
    });
  }

  touch(path: string): void {
    this.#touches.add(path);
  }

  /**
   * Told of every write; prunes when the bound may have been passed. Nobody waits for that, but a
   * loop of writes that would else outrun it, and let no other turn come.
   */
  grew(bytes: number): MaybePromise<void> {
    this.#written += bytes;
    // What fails now is due again soon; a fault shows in the next write.
    if (!this.#running && this.#isDue()) this.prune(Date.now()).catch(() => undefined);
    if (!this.#running || this.#written <= this.#maxBytes / 32) return undefined;
    const done = this.#running.catch(() => undefined);
    return Promise.race([done, sleep(WAIT, undefined, { ref: false })]).then(() => undefined);
  }

  /** One after the other: one that is in progress may go by another time. */
  prune(now: number): Promise<PruneResult> {
    const before = this.#running?.catch(() => undefined);
    const running = (before ?? Promise.resolve()).then(() => this.#prune(now));
    this.#running = running;
    const done = () => {
      if (this.#running === running) this.#running = undefined;
    };
    running.then(done, done);
    return running;
  }

  async close(): Promise<void> {
    this.#touches.flush();
    await this.#running?.catch(() => undefined);
  }

  #isDue(): boolean {
    if (this.#counted === undefined) {
      this.#counted = 0;
      return ageOf(this.#marker) > COUNT_EVERY || this.#written > this.#maxBytes / 16;
    }
    if (this.#written > this.#maxBytes / 8) return true;
    return this.#counted > 0 && this.#counted + this.#written > this.#maxBytes;
  }

  get #marker(): string {
    return join(this.#folder.root, "counted");
  }

  async #prune(now: number): Promise<PruneResult> {
    // Never in the time of the write that it is due by.
    await setImmediate();
    this.#written = 0;
    this.#touches.flush();
    this.#folder.sweep();
    const kept: WalkedEntry[] = [];
    let bytes = 0;
    let expired = 0;
    for await (const entry of walk(this.#folder.entries)) {
      if (entry.expiresAt <= now) {
        rmSync(entry.path, { force: true });
        expired++;
      } else {
        kept.push(entry);
        bytes += entry.bytes;
      }
    }
    const evicted = bytes > this.#maxBytes ? this.#evict(kept, bytes) : [];
    this.#counted = bytes - evicted.reduce((sum, entry) => sum + entry.bytes, 0);
    writeFileSync(this.#marker, "", { mode: 0o600 });
    if (evicted.length > 0) this.#onEvict(evicted.length);
    return { expired, evicted: evicted.length };
  }

  /** Least recently used first. */
  #evict(entries: WalkedEntry[], bytes: number): WalkedEntry[] {
    entries.sort((a, b) => a.usedAt - b.usedAt);
    const evicted: WalkedEntry[] = [];
    let left = bytes;
    for (const entry of entries) {
      if (left <= this.#maxBytes * KEPT_SHARE) break;
      rmSync(entry.path, { force: true });
      left -= entry.bytes;
      evicted.push(entry);
    }
    return evicted;
  }
}

function setUsed(path: string, time: number): void {
  try {
    utimesSync(path, time / 1000, time / 1000);
  } catch {
    // It was removed since.
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
