import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { type CacheOptions, openCache, type ResponseCache } from "../../src/index.ts";

const folders: string[] = [];
const caches: ResponseCache[] = [];

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "acc-cache-"));
  folders.push(path);
  return path;
}

/** A cache in a folder of its own, unless told another, closed after the test. */
export function openTestCache(options: CacheOptions = {}): ResponseCache {
  const cache = openCache({ directory: temporaryFolder(), ...options });
  caches.push(cache);
  return cache;
}

afterEach(async () => {
  for (const cache of caches.splice(0)) await cache.close();
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});
