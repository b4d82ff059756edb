import type { MaybePromise } from "../maybe-promise.ts";

/** What a store keeps under a key. */
export interface StoredRecord {
  /** All of it, checksum included, to be given back byte for byte. */
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch; Infinity for a record that stays. */
  readonly expiresAt: number;
}

/** One line of a store's inventory. */
export interface StoredSummary {
  readonly key: string;
  /** Size of the record in bytes. */
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** How much a store holds. */
export interface StoreSize {
  readonly entries: number;
  /** Sizes of the records in bytes. */
  readonly bytes: number;
}

/** What a store removed to keep within its bound, and what was over its time. */
export interface PruneResult {
  readonly expired: number;
  readonly evicted: number;
}

/** One process computes what the others wait for. */
export interface LeaseStore {
  /**
   * Takes the lease if it is free, has run out, or belongs to a process that is dead. `declined`:
   * the last owner's answer was not stored, so there is no sense in waiting for another.
   */
  acquire(key: string, token: string): MaybePromise<"acquired" | "held" | "declined">;
  /** Called every two seconds by the owner; a lease that is not renewed runs out after ten. */
  renew(key: string, token: string): MaybePromise<void>;
  release(key: string, token: string, outcome: "stored" | "declined"): MaybePromise<void>;
}

/** Sums that outlive the process, by name. */
export interface CounterStore {
  add(amounts: Readonly<Record<string, number>>): MaybePromise<void>;
  read(): MaybePromise<Record<string, number>>;
}

/** What counts no more: a key or a whole scope, as the cache writes it, and which cache said so. */
export interface Invalidation {
  readonly author: string;
  readonly target: string;
}

/** What was noted since a position. */
export interface InvalidationNews {
  /** Where the notes end now. */
  readonly position: string;
  /** Undefined where some of them are no longer kept: then everything counts as invalidated. */
  readonly notes: readonly Invalidation[] | undefined;
}

/**
 * How processes that share a store learn what was deleted, cleared and replaced: so that memory in
 * front of it forgets, and a computation that began before is not stored after.
 */
export interface InvalidationStore {
  /**
   * Makes a change and notes it: in one moment, or before the change and again after it. Who reads
   * or computes between the two must learn of it too. Gives what the change gave.
   */
  around<T>(note: Invalidation, change: () => MaybePromise<T>): MaybePromise<T>;
  /** The news since a position that an earlier call gave; without one, the position alone. */
  since(position?: string): MaybePromise<InvalidationNews>;
}

/**
 * Where records are kept. The first four members are all that a store needs; each further one is a
 * capability that is there or absent. A store may throw or reject whenever it cannot do its work:
 * the cache turns that into a miss and an event.
 */
export interface CacheStore {
  /** Shown in hits, events and statistics, such as `"sqlite"`. */
  readonly name: string;
  get(key: string): MaybePromise<StoredRecord | undefined>;
  set(key: string, record: StoredRecord): MaybePromise<void>;
  /** Whether there was something to delete. */
  delete(key: string): MaybePromise<boolean>;

  /** Gives back the very objects that it was given, so nothing is encoded, encrypted or checked. */
  readonly inProcess?: true;
  /** Everything that is kept, expired or not. `clear`, `verify` and the sizes in `stats` need it. */
  entries?(): Iterable<StoredSummary> | AsyncIterable<StoredSummary>;
  /** How much is kept, where the store knows it without listing its entries. */
  size?(): MaybePromise<StoreSize>;
  /** Deletes the records whose key matches, or all; returns how many. Nothing of them stays readable. */
  clear?(matches?: (key: string) => boolean): MaybePromise<number>;
  /** Removes what is over its time at `now` (ms), what exceeds the bound, and left-over files. */
  prune?(now: number): MaybePromise<PruneResult>;
  /** Told whenever the store itself evicts records to stay within its bound. */
  onEvict?: (count: number) => void;
  readonly leases?: LeaseStore;
  readonly counters?: CounterStore;
  readonly invalidations?: InvalidationStore;
  close?(): MaybePromise<void>;
}
