import type { MaybePromise } from "../maybe-promise.ts";
import type { CacheStore } from "../store/store.ts";

/** Opens the data of the store that was created last, as another process would. */
export type Reopen = () => MaybePromise<CacheStore>;

/** One rule of the contract; `store` is new and empty. */
export interface Rule {
  readonly name: string;
  /** What breaks for a user if a store does not follow the rule. */
  readonly purpose: string;
  check(store: CacheStore, options: { readonly reopen?: Reopen | undefined }): Promise<void>;
}
