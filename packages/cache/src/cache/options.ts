import type { FlightHandle } from "../flight/flight.ts";
import type { CacheStore } from "../store/store.ts";
import type { CacheListener } from "./events.ts";
import type { Scope } from "./scope.ts";

/** Options of `openCache`. All are optional. */
export interface CacheOptions extends Scope {
  /**
   * The folder of the disk store, created with mode 0700.
   * @default `ACC_CACHE_DIR`, else `acc` in the platform's cache folder
   */
  readonly directory?: string;
  /**
   * A single store, which gets a memory tier in front of it, or the full list of tiers, fastest
   * first.
   * @default sqlite if node:sqlite has SQLite 3.51.3 or later, else files
   */
  readonly store?: CacheStore | readonly CacheStore[];
  /** The limit of the default disk store, in bytes. @default 536_870_912 (512 MiB) */
  readonly maxBytes?: number;
  /** The limit of the memory tier, in bytes; 0 for no memory tier. @default 67_108_864 (64 MiB) */
  readonly memoryBytes?: number;
  /**
   * The lifetime of an entry, in ms; Infinity for no expiry, 0 to store nothing.
   * @default 86_400_000 (24 h)
   */
  readonly ttl?: number;
  /**
   * A key of at least 16 random bytes. Data that leaves this process is encrypted with AES-256-GCM.
   * @default none
   */
  readonly encryptionKey?: Uint8Array | (() => Promise<Uint8Array>);
  /**
   * Stores the request with each response, so that it can be exported. A request must not be
   * changed between the call of `key` and its response.
   * @default false
   */
  readonly keepRequests?: boolean;
  /** Called for each event. Errors that it throws are ignored. */
  readonly onEvent?: CacheListener;
  /** The clock, in ms since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** The scope of the entry, and the label under which the call is counted. */
export interface GetOptions extends Scope {
  /**
   * An additional label for the counts of this call's hit, miss, join and savings, as `byLabel` of
   * `stats`: 1 to 64 letters, digits, `-`, `_` and `.`. Use few labels: the store keeps each of
   * them, readable even if it encrypts.
   * @default none
   */
  readonly label?: string | undefined;
}

/** Options for storing a value. */
export interface SetOptions extends Scope {
  /**
   * The lifetime of the entry, in ms; Infinity for no expiry, 0 to store nothing.
   * @default the cache's `ttl`
   */
  readonly ttl?: number | undefined;
  /** JSON data to return with the value. */
  readonly metadata?: unknown;
}

/** Options for storing a stream, and for computing one that is not stored. */
export interface StreamOptions<Part> extends ComputeOptions<readonly Part[]> {
  /**
   * Returns what to store for a part: the part itself, a replacement, or undefined for a part that
   * only current readers see.
   * @default the part itself
   */
  readonly keep?: ((part: Part) => Part | undefined) | undefined;
}

/** Options for storing a value, and for computing one that is not stored. */
export interface ComputeOptions<T> extends SetOptions, GetOptions {
  /** Ends this caller's wait. The computation is aborted when all callers have left. */
  readonly signal?: AbortSignal | undefined;
  /**
   * A name for the way of computing. Callers with different names do not join each other's
   * computation.
   * @default one name for all
   */
  readonly flight?: string | undefined;
  /**
   * Called with the computation that this caller is about to wait for; not called on a hit in
   * memory.
   */
  readonly onFlight?: ((flight: FlightHandle) => void) | undefined;
  /** Computes again even if a value is stored, and replaces it. @default false */
  readonly refresh?: boolean | undefined;
  /**
   * Returns whether a value is worth storing; for a stream it gets the list of parts.
   * @default always
   */
  readonly shouldStore?: ((value: T) => boolean) | undefined;
  /** Returns the cost of a value for `stats`, in a currency of the caller's choice. */
  readonly cost?: ((value: T) => number | undefined) | undefined;
}
