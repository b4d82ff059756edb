/** An event of the cache, for logs and metrics. `key` is the namespace, tenant and CID. */
export type CacheEvent =
  | { readonly type: "hit"; readonly key: string; readonly tier: string }
  | { readonly type: "miss"; readonly key: string }
  | { readonly type: "joined"; readonly key: string }
  | { readonly type: "stored"; readonly key: string; readonly tier: string }
  | { readonly type: "not-stored"; readonly key: string; readonly reason: string }
  | { readonly type: "evicted"; readonly tier: string; readonly count: number }
  /** A damaged record was found and removed. */
  | {
      readonly type: "damaged";
      readonly key: string;
      readonly tier: string;
      readonly error: unknown;
    }
  /** An operation of a store failed; for the caller it was a miss. */
  | {
      readonly type: "error";
      readonly tier: string;
      readonly operation: string;
      readonly error: unknown;
    };

/** Called for each event, when it happens. */
export type CacheListener = (event: CacheEvent) => void;
