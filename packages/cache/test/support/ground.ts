import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CacheOptions,
  type CacheStore,
  filesStore,
  openCache,
  type ResponseCache,
  sqliteStore,
} from "../../src/index.ts";

/** Vitest's and node:test's `test`, for suites that run on more than one Node. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/** A disk store that the suites run on. */
export interface Ground {
  readonly name: "files" | "sqlite";
  store(directory: string, maxBytes?: number): CacheStore;
}

export const filesGround: Ground = {
  name: "files",
  store: (directory, maxBytes) => filesStore({ directory, ...(maxBytes && { maxBytes }) }),
};

export const sqliteGround: Ground = {
  name: "sqlite",
  store: (directory, maxBytes) => sqliteStore({ directory, ...(maxBytes && { maxBytes }) }),
};

export class Bench {
  readonly directory: string;
  readonly ground: Ground;
  readonly #caches: ResponseCache[] = [];

  constructor(directory: string, ground: Ground) {
    this.directory = directory;
    this.ground = ground;
  }

  /** A cache on the disk store alone, so that every read is one from disk. */
  open(options: CacheOptions & { bound?: number } = {}): ResponseCache {
    const { bound, ...rest } = options;
    const cache = openCache({ store: [this.ground.store(this.directory, bound)], ...rest });
    this.#caches.push(cache);
    return cache;
  }

  async close(): Promise<void> {
    for (const cache of this.#caches.splice(0)) await cache.close();
  }
}

/** Runs in a folder of its own and leaves nothing behind. */
export async function onBench(ground: Ground, run: (bench: Bench) => Promise<void>): Promise<void> {
  const bench = new Bench(await mkdtemp(join(tmpdir(), "acc-cache-")), ground);
  try {
    await run(bench);
  } finally {
    await bench.close();
    await rm(bench.directory, { recursive: true, force: true });
  }
}
