import { filesStore, memoryStore, openCache, sqliteStore } from "@acc/cache";
import { LRUCache } from "lru-cache";
import { cids, type ModelResponse, response } from "../data/responses.ts";
import type { Kind } from "../harness/report.ts";

const MAX_BYTES = 64 * 1024 ** 3;
const AT_ONCE = 10_000;

/** Small, so that a million of them fit into memory. */
export const BYTES = 500;

export interface ScaledStore {
  readonly name: string;
  readonly kind: Kind;
  open(directory: string): OpenStore;
}

export interface OpenStore {
  get(key: string): unknown;
  set(key: string, value: ModelResponse): unknown;
  close(): unknown;
}

export const stores: readonly ScaledStore[] = [
  ours("memory", () => memoryStore({ maxBytes: MAX_BYTES })),
  ours("sqlite", (directory) => sqliteStore({ directory, maxBytes: MAX_BYTES })),
  ours("files", (directory) => filesStore({ directory, maxBytes: MAX_BYTES })),
  { name: "lru-cache", kind: "peer", open: openLru },
];

export async function fill(store: OpenStore, entries: number): Promise<void> {
  for (let from = 0; from < entries; from += AT_ONCE) {
    const keys = cids(Math.min(AT_ONCE, entries - from), from);
    for (const [at, key] of keys.entries()) await store.set(key, response(from + at, BYTES));
  }
}

function ours(
  name: string,
  make: (directory: string) => ReturnType<typeof memoryStore>,
): ScaledStore {
  return {
    name: `@acc/cache ${name}`,
    kind: "ours",
    open: (directory) => openCache({ store: make(directory), memoryBytes: 0 }),
  };
}

function openLru(): OpenStore {
  const cache = new LRUCache<string, ModelResponse>({
    ttl: 86_400_000,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ text }) => text.length + 200,
  });
  return {
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    close: () => cache.clear(),
  };
}
