import { rmSync, unlinkSync } from "node:fs";
import { CacheError } from "../../error.ts";
import type { MaybePromise } from "../../maybe-promise.ts";
import { DEFAULT_DISK_BYTES } from "../bounds.ts";
import { checkedBound } from "../checked-bound.ts";
import { checkedDirectory } from "../checked-directory.ts";
import type {
  CacheStore,
  CounterStore,
  LeaseStore,
  PruneResult,
  StoredRecord,
  StoredSummary,
} from "../store.ts";
import { decodeEntryFile, encodeEntryFile } from "./entry-file.ts";
import { entryPath } from "./entry-path.ts";
import { filesCounters } from "./files-counters.ts";
import { filesLeases } from "./files-leases.ts";
import { FilesNotes } from "./files-notes.ts";
import { Folder } from "./folder.ts";
import { Pruner } from "./pruner.ts";
import { readPlainFile } from "./read-plain-file.ts";
import { walk } from "./walk.ts";

/** Options of `filesStore`. */
export interface FilesStoreOptions {
  /** The folder, created with mode 0700 at the first use. */
  readonly directory: string;
  /** The limit in bytes. @default 536_870_912 (512 MiB) */
  readonly maxBytes?: number;
}

/**
 * Creates a store with one file per entry, sharded by CID and written atomically. It works on every
 * Node.js.
 */
export function filesStore(options: FilesStoreOptions): CacheStore {
  const { directory, maxBytes = DEFAULT_DISK_BYTES } = options;
  return new FilesStore(new Folder(checkedDirectory(directory)), checkedBound(maxBytes));
}

class FilesStore implements CacheStore {
  readonly name = "files";
  readonly leases: LeaseStore;
  readonly counters: CounterStore;
  readonly invalidations: FilesNotes;
  onEvict?: (count: number) => void;
  readonly #folder: Folder;
  readonly #pruner: Pruner;
  readonly #maxBytes: number;

  constructor(folder: Folder, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.leases = filesLeases(folder);
    this.counters = filesCounters(folder, this.leases);
    this.invalidations = new FilesNotes(folder);
    this.#pruner = new Pruner(folder, maxBytes, (count) => this.onEvict?.(count));
  }

  get(key: string): StoredRecord | undefined {
    const path = entryPath(this.#folder.open().entries, key);
    const bytes = readPlainFile(path, this.#maxBytes);
    if (!bytes) return undefined;
    const file = decodeEntryFile(bytes);
    // An unreadable header counts as a damaged record: the checksum of empty bytes does not match.
    if (file?.key !== key) return { bytes: new Uint8Array(), expiresAt: 0 };
    this.#pruner.touch(path);
    return { bytes: file.record, expiresAt: file.expiresAt };
  }

  set(key: string, record: StoredRecord): MaybePromise<void> {
    const bytes = encodeEntryFile(key, record.expiresAt, record.bytes);
    if (bytes.byteLength > this.#maxBytes) {
      const message = `A record of ${bytes.byteLength} bytes exceeds the bound of the store.`;
      throw new CacheError("TOO_LARGE", message);
    }
    this.#folder.write(entryPath(this.#folder.entries, key), bytes);
    return this.#pruner.grew(bytes.byteLength);
  }

  delete(key: string): boolean {
    const path = entryPath(this.#folder.open().entries, key);
    try {
      unlinkSync(path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
      throw error;
    }
  }

  async *entries(): AsyncGenerator<StoredSummary> {
    for await (const { key, bytes, expiresAt } of walk(this.#folder.open().entries)) {
      if (key !== undefined) yield { key, bytes, expiresAt };
    }
  }

  async clear(matches?: (key: string) => boolean): Promise<number> {
    let deleted = 0;
    for await (const { path, key, failure } of walk(this.#folder.open().entries)) {
      // The owner of an unreadable file is unknown: skipping the file would report it as removed.
      if (matches && failure !== undefined) throw failure;
      if (matches && (key === undefined || !matches(key))) continue;
      rmSync(path, { force: true });
      deleted++;
    }
    return deleted;
  }

  prune(now: number): Promise<PruneResult> {
    this.#folder.openToWrite();
    return this.#pruner.prune(now);
  }

  async close(): Promise<void> {
    this.invalidations.close();
    await this.#pruner.close();
  }
}
