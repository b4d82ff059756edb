import type { MaybePromise } from "../maybe-promise.ts";
import type { CacheStore } from "../store/store.ts";
import { basicRules } from "./basic-rules.ts";
import { capabilityRules } from "./capability-rules.ts";
import { leaseRules } from "./lease-rules.ts";
import { persistenceRules } from "./persistence-rules.ts";

/** `test` of node:test, vitest, jest or whatever takes a name and a function. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/** What the suite is told of the store under test. */
export interface StoreTestOptions {
  /** Opens what the store that was created last has left, as another process would. */
  readonly reopen?: () => MaybePromise<CacheStore>;
  /** Rules that a store does not keep, by name, each with the reason. */
  readonly skip?: readonly { readonly rule: string; readonly reason: string }[];
}

/** One rule of the contract; `store` is new and empty. */
export interface Rule {
  readonly name: string;
  check(store: CacheStore, options: StoreTestOptions): Promise<void>;
}

/**
 * Registers one test for every rule that a store must keep. Rules on a capability that a store does
 * not have pass it by.
 */
export function testCacheStore(
  test: TestFunction,
  createStore: () => MaybePromise<CacheStore>,
  options: StoreTestOptions = {},
): void {
  const skipped = new Set(options.skip?.map(({ rule }) => rule));
  const rules = [...basicRules, ...capabilityRules, ...leaseRules, ...persistenceRules];
  for (const rule of rules) {
    if (skipped.has(rule.name)) continue;
    test(rule.name, async () => {
      const store = await createStore();
      try {
        await rule.check(store, options);
      } finally {
        await store.close?.();
      }
    });
  }
}
