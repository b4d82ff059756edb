import { setTimeout as sleep } from "node:timers/promises";
import { memoryStore, openCache } from "@acc/cache";
import { LRUCache } from "lru-cache";
import { cids, type ModelResponse, response } from "../data/responses.ts";

export interface Filling {
  readonly cache: "@acc/cache" | "lru-cache";
  readonly maxBytes: number;
}

const BYTES = 2000;
/** So many times its bound is written into each cache. */
const TIMES = 4;
const MIB = 1024 * 1024;

/** In MiB. */
export interface Growth {
  /** What the collector finds in use. */
  readonly held: number;
  /** What the process has of the machine's memory. */
  readonly resident: number;
}

/**
 * By how much a process grows that has more to keep than it may. It makes the same values before,
 * and keeps none, for what the collector leaves lying about is not the cache's.
 */
export async function run({ cache, maxBytes }: Filling): Promise<Growth> {
  const entries = Math.ceil((maxBytes * TIMES) / BYTES);
  produce(entries, () => undefined);
  const before = await memory();
  const set = cache === "lru-cache" ? lru(maxBytes) : ours(maxBytes);
  produce(entries, set);
  const after = await memory();
  // Still used, so that the collector does not take the cache itself.
  produce(1, set);
  return { held: after.held - before.held, resident: after.resident - before.resident };
}

function produce(entries: number, take: (key: string, value: ModelResponse) => unknown): void {
  for (let index = 0; index < entries; index++) {
    take(cids(1, index)[0] as string, response(index, BYTES));
  }
}

function ours(maxBytes: number): (key: string, value: ModelResponse) => unknown {
  const cache = openCache({ store: memoryStore({ maxBytes }) });
  return (key, value) => cache.set(key, value);
}

function lru(maxSize: number): (key: string, value: ModelResponse) => unknown {
  const cache = new LRUCache<string, ModelResponse>({
    ttl: 86_400_000,
    maxSize,
    sizeCalculation: ({ text }) => text.length + 200,
  });
  return (key, value) => cache.set(key, value);
}

async function memory(): Promise<Growth> {
  for (let time = 0; time < 3; time++) {
    globalThis.gc?.();
    await sleep(50);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: (heapUsed + external) / MIB, resident: rss / MIB };
}
