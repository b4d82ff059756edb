import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type { MaybePromise } from "../../maybe-promise.ts";
import { KEPT_SHARE } from "../bounds.ts";
import type { PruneResult } from "../store.ts";
import { Touches } from "../touches.ts";
import type { Folder } from "./folder.ts";
import { type WalkedEntry, walk } from "./walk.ts";

/** The shortest time between two counts by short-lived programs, in ms. */
const COUNT_EVERY = 60 * 60 * 1000;

/** How long a write waits, in ms at most, while a lot is to be pruned. */
const WAIT = 100;

/**
 * Keeps a folder within its limit. Counting files is expensive, so it is done only when a prune may
 * be needed.
 */
export class Pruner {
  readonly #folder: Folder;
  readonly #maxBytes: number;
  readonly #onEvict: (count: number) => void;
  readonly #touches: Touches;
  /** The bytes at the last count; undefined before the first one. */
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
   * Called for every write; prunes when the limit may be exceeded. A write does not wait for that,
   * except in a loop of writes that would outrun the pruning and block the event loop.
   */
  grew(bytes: number): MaybePromise<void> {
    this.#written += bytes;
    // A failed prune is soon tried again; the next write reports the fault.
    if (!this.#running && this.#isDue()) this.prune(Date.now()).catch(() => undefined);
    if (!this.#running || this.#written <= this.#maxBytes / 32) return undefined;
    const done = this.#running.catch(() => undefined);
    return Promise.race([done, sleep(WAIT, undefined, { ref: false })]).then(() => undefined);
  }

  /** Prunes after a prune in progress, which may use another time. */
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
    // Runs in a later turn than the write that made it due.
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

  /** Evicts the least recently used entries first. */
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
    // It was removed in the meantime.
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
