/** A stored value, as `get` and a hit give it. */
export interface CacheEntry<T> {
  readonly outcome: "hit";
  /** Deeply frozen. */
  readonly value: T;
  /** The name of the store that answered, such as `"memory"` or `"sqlite"`. */
  readonly tier: string;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** Milliseconds since the epoch; Infinity for an entry that stays. */
  readonly expiresAt: number;
  /** What `set` was given, deeply frozen. */
  readonly metadata: unknown;
}

/** A value that was not in the cache: computed for this caller, or for another that it joined. */
export interface Computed<T> {
  readonly outcome: "computed" | "joined";
  /** Deeply frozen, for others may hold it too. */
  readonly value: T;
}

/** A value, and whether it was kept before, computed now, or shared with a caller who was first. */
export type Answer<T> = CacheEntry<T> | Computed<T>;

/** The stream counterpart of an answer. */
export interface StreamAnswer<Part> {
  readonly outcome: "hit" | "computed" | "joined";
  /** Every part from the first one on. To stop reading is to leave; when all have left, it is aborted. */
  readonly parts: AsyncIterable<Part>;
  /** On a hit alone. */
  readonly entry?: CacheEntry<readonly Part[]>;
}
