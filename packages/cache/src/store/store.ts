import type { MaybePromise } from "../maybe-promise.ts";

/** A record as a store keeps it. */
export interface StoredRecord {
  /** The whole record, including its checksum, to be returned byte for byte. */
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch; Infinity for a record that does not expire. */
  readonly expiresAt: number;
}

/** An entry in a store's list. */
export interface StoredSummary {
  readonly key: string;
  /** The size of the record, in bytes. */
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The size of a store. */
export interface StoreSize {
  readonly entries: number;
  /** The total size of the records, in bytes. */
  readonly bytes: number;
}

/**
 * The numbers of records that a store removed: expired ones, and others to stay within its limit.
 */
export interface PruneResult {
  readonly expired: number;
  readonly evicted: number;
}

/** Leases, by which one process computes a value while others wait for it. */
export interface LeaseStore {
  /**
   * Takes the lease if it is free, has expired, or belongs to a dead process. Returns "declined" if
   * the last owner did not store its value, so that waiting for another is pointless.
   */
  acquire(key: string, token: string): MaybePromise<"acquired" | "held" | "declined">;
  /** Called by the owner every two seconds; a lease that is not renewed expires after ten. */
  renew(key: string, token: string): MaybePromise<void>;
  release(key: string, token: string, outcome: "stored" | "declined"): MaybePromise<void>;
}

/** Sums by name that outlive the process. */
export interface CounterStore {
  add(amounts: Readonly<Record<string, number>>): MaybePromise<void>;
  read(): MaybePromise<Record<string, number>>;
}

/** An invalidation: a key or a whole scope, in the cache's own form, and the cache that made it. */
export interface Invalidation {
  readonly author: string;
  readonly target: string;
}

/** The invalidations since a position. */
export interface InvalidationNews {
  /** The current end of the notes. */
  readonly position: string;
  /** Undefined if some notes are no longer kept: everything then counts as invalidated. */
  readonly notes: readonly Invalidation[] | undefined;
}

/**
 * Tells the processes that share a store what was deleted, cleared and replaced, so that the memory
 * in front of it forgets the entry, and a computation that started before is not stored afterwards.
 */
export interface InvalidationStore {
  /**
   * Makes a change and notes it, either atomically, or before the change and again after it: a
   * process that reads or computes in between must learn of it too. Returns the result of the
   * change.
   */
  around<T>(note: Invalidation, change: () => MaybePromise<T>): MaybePromise<T>;
  /** Returns the news since a position from an earlier call; without one, only the position. */
  since(position?: string): MaybePromise<InvalidationNews>;
}

/**
 * A place that keeps records. A store needs only the first four members; each of the others is an
 * optional capability. A store may throw or reject if it cannot do its work: the cache turns that
 * into a miss and an event.
 */
export interface CacheStore {
  /** The name in hits, events and statistics, such as `"sqlite"`. */
  readonly name: string;
  get(key: string): MaybePromise<StoredRecord | undefined>;
  set(key: string, record: StoredRecord): MaybePromise<void>;
  /** Returns whether there was a record to delete. */
  delete(key: string): MaybePromise<boolean>;

  /**
   * True if the store returns the same objects that it was given, so that nothing is encoded,
   * encrypted or checked.
   */
  readonly inProcess?: true;
  /** Lists all entries, expired or not. Needed by `clear`, `verify` and the sizes in `stats`. */
  entries?(): Iterable<StoredSummary> | AsyncIterable<StoredSummary>;
  /** Returns the size, if the store knows it without listing its entries. */
  size?(): MaybePromise<StoreSize>;
  /**
   * Deletes the records with a matching key, or all. Returns how many. Nothing of them may stay
   * readable.
   */
  clear?(matches?: (key: string) => boolean): MaybePromise<number>;
  /**
   * Removes records that have expired at `now` (ms), records over the limit, and left-over files.
   */
  prune?(now: number): MaybePromise<PruneResult>;
  /** Called whenever the store evicts records to stay within its limit. */
  onEvict?: (count: number) => void;
  readonly leases?: LeaseStore;
  readonly counters?: CounterStore;
  readonly invalidations?: InvalidationStore;
  close?(): MaybePromise<void>;
}
