/** A stored value, as `get` returns it and as the result of a hit. */
export interface CacheEntry<T> {
  readonly outcome: "hit";
  /** Deeply frozen. */
  readonly value: T;
  /** The name of the store that answered, such as `"memory"` or `"sqlite"`. */
  readonly tier: string;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** Milliseconds since the epoch; Infinity for an entry that does not expire. */
  readonly expiresAt: number;
  /** The metadata that was passed to `set`, deeply frozen. */
  readonly metadata: unknown;
}

/**
 * A value that was not in the cache: computed for this caller, or by another caller's computation
 * that this one joined.
 */
export interface Computed<T> {
  readonly outcome: "computed" | "joined";
  /** Deeply frozen, because other callers may share it. */
  readonly value: T;
}

/** A value, with whether it was stored before, computed now, or shared with an earlier caller. */
export type Answer<T> = CacheEntry<T> | Computed<T>;

/** The result of a call for a stream. */
export interface StreamAnswer<Part> {
  readonly outcome: "hit" | "computed" | "joined";
  /**
   * All parts, from the first one. A reader leaves when it stops reading; the computation is
   * aborted when all have left.
   */
  readonly parts: AsyncIterable<Part>;
  /** Present only on a hit. */
  readonly entry?: CacheEntry<readonly Part[]>;
}
