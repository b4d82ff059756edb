import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cids, response } from "../data/responses.ts";
import type { DiskStore, OpenDiskStore } from "./disk-store.ts";

export interface Filled {
  readonly store: DiskStore;
  readonly opened: OpenDiskStore;
  readonly directory: string;
}

const AT_ONCE = 250;

/** Every store, with the same entries under the same keys. */
export async function filled(
  stores: readonly DiskStore[],
  folder: string,
  entries: number,
  bytes: number,
): Promise<Filled[]> {
  const keys = cids(entries);
  const all: Filled[] = [];
  for (const [index, store] of stores.entries()) {
    const directory = join(folder, `${index}`);
    mkdirSync(directory, { recursive: true });
    const opened = await store.open(directory);
    for (let from = 0; from < entries; from += AT_ONCE) {
      const part = keys.slice(from, from + AT_ONCE);
      await opened.setAll(part.map((key, at) => [key, response(from + at, bytes)]));
    }
    all.push({ store, opened, directory });
  }
  return all;
}
