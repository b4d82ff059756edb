import type { FlightHandle } from "../flight/flight.ts";
import type { CacheStore } from "../store/store.ts";
import type { CacheListener } from "./events.ts";
import type { Scope } from "./scope.ts";

/** Where a cache keeps its entries, how long, how many, and for whom. */
export interface CacheOptions extends Scope {
  /**
   * Where the disk store lives; made with mode 0700.
   * @default `ACC_CACHE_DIR`, else `acc` in the platform's cache folder
   */
  readonly directory?: string;
  /**
   * One store, which gets memory in front of it, or the whole list of tiers, fastest first.
   * @default sqlite where node:sqlite has SQLite 3.51.3 or later, else files
   */
  readonly store?: CacheStore | readonly CacheStore[];
  /** Bound of the default disk store in bytes. @default 536_870_912 (512 MiB) */
  readonly maxBytes?: number;
  /** Bound of the memory tier in bytes; 0 for no memory tier. @default 67_108_864 (64 MiB) */
  readonly memoryBytes?: number;
  /** Life of an entry in ms; Infinity to keep it, 0 to store nothing. @default 86_400_000 (24 h) */
  readonly ttl?: number;
  /** At least 16 random bytes. Encrypts what leaves this process by AES-256-GCM. @default none */
  readonly encryptionKey?: Uint8Array | (() => Promise<Uint8Array>);
  /**
   * Keeps what is asked with each answer, so that it can be exported. A request must not be changed
   * between `key` and its answer. @default false
   */
  readonly keepRequests?: boolean;
  /** Called as things happen. What it throws is ignored. */
  readonly onEvent?: CacheListener;
  /** The clock, in ms since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** Whose entry is looked for, and what the look is counted under. */
export interface GetOptions extends Scope {
  /**
   * What this call's hit, miss, join and savings are also counted under, as `byLabel` of `stats`: 1 to
   * 64 letters, digits, `-`, `_` and `.`. Use few: the store keeps each, readable even where it encrypts.
   * @default none
   */
  readonly label?: string | undefined;
}

/** How one value is kept. */
export interface SetOptions extends Scope {
  /** Life of the entry in ms; Infinity to keep it, 0 to store nothing. @default the cache's `ttl` */
  readonly ttl?: number | undefined;
  /** JSON data to be given back with the value. */
  readonly metadata?: unknown;
}

/** How a stream is kept, and how it is made where it is not there. */
export interface StreamOptions<Part> extends ComputeOptions<readonly Part[]> {
  /**
   * What is stored of a part: itself, another in its place, or undefined for one that its readers
   * alone see. @default itself
   */
  readonly keep?: ((part: Part) => Part | undefined) | undefined;
}

/** How one value is kept, and how it is computed where it is not there. */
export interface ComputeOptions<T> extends SetOptions, GetOptions {
  /** Ends this caller's wait. The computation is aborted when every caller has left. */
  readonly signal?: AbortSignal | undefined;
  /** Callers who compute in different ways do not join each other in flight: they name their way. @default one way */
  readonly flight?: string | undefined;
  /** Given the computation that this caller waits for, before it waits; not called on a hit in memory. */
  readonly onFlight?: ((flight: FlightHandle) => void) | undefined;
  /** Computes again, whatever is stored, and replaces it. @default false */
  readonly refresh?: boolean | undefined;
  /** Whether a value is worth storing; for a stream, the list of its parts. @default always */
  readonly shouldStore?: ((value: T) => boolean) | undefined;
  /** What a value cost, in a currency of the caller's, for `stats`. */
  readonly cost?: ((value: T) => number | undefined) | undefined;
}
