/** What happened, for logs and metrics. `key` is namespace, tenant and CID. */
export type CacheEvent =
  | { readonly type: "hit"; readonly key: string; readonly tier: string }
  | { readonly type: "miss"; readonly key: string }
  | { readonly type: "joined"; readonly key: string }
  | { readonly type: "stored"; readonly key: string; readonly tier: string }
  | { readonly type: "not-stored"; readonly key: string; readonly reason: string }
  | { readonly type: "evicted"; readonly tier: string; readonly count: number }
  /** A record that was not what was stored; it is gone. */
  | {
      readonly type: "damaged";
      readonly key: string;
      readonly tier: string;
      readonly error: unknown;
    }
  /** A store could not do its work; the caller saw a miss. */
  | {
      readonly type: "error";
      readonly tier: string;
      readonly operation: string;
      readonly error: unknown;
    };

/** Called with what the cache does, as it does it. */
export type CacheListener = (event: CacheEvent) => void;
