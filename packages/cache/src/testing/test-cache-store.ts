import type { MaybePromise } from "../maybe-promise.ts";
import type { CacheStore } from "../store/store.ts";
import { basicRules } from "./basic-rules.ts";
import { capabilityRules } from "./capability-rules.ts";
import { invalidationRules } from "./invalidation-rules.ts";
import { leaseRules } from "./lease-rules.ts";
import { persistenceRules } from "./persistence-rules.ts";
import type { Reopen, Rule } from "./rule.ts";

/**
 * The `test` function of node:test, vitest, jest or another runner that takes a name and a
 * function.
 */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/** Options of the test suite for the store under test. */
export interface CacheStoreTestOptions {
  /** Opens the data of the store that was created last, as another process would. */
  readonly reopen?: Reopen;
  /**
   * Rules that the store breaks, each by its name with the reason. A rule that the store follows
   * may not be among them.
   */
  readonly deviations?: readonly { readonly rule: string; readonly reason: string }[];
}

/**
 * Registers one test for each rule of the store contract. Rules for capabilities that the store
 * does not have are skipped. A rule declared as a deviation is listed with its reason, and the
 * store must break it.
 *
 * @throws RangeError if a deviation names a rule that does not exist.
 */
export function testCacheStore(
  test: TestFunction,
  createStore: () => MaybePromise<CacheStore>,
  { reopen, deviations = [] }: CacheStoreTestOptions = {},
): void {
  const shared = reopen === undefined ? [] : persistenceRules;
  const rules = [...basicRules, ...capabilityRules, ...leaseRules, ...invalidationRules, ...shared];
  const reasons = new Map(deviations.map(({ rule, reason }) => [rule, reason]));
  for (const name of reasons.keys()) {
    if (!rules.some((rule) => rule.name === name)) throw new RangeError(`No rule is "${name}".`);
  }
  for (const rule of rules) {
    const check = async () => keep(rule, await createStore(), reopen);
    const reason = reasons.get(rule.name);
    if (reason === undefined) test(rule.name, check);
    else test(`${rule.name} (deviates: ${reason})`, () => breaks(rule, check));
  }
}

async function keep(rule: Rule, store: CacheStore, reopen: Reopen | undefined): Promise<void> {
  try {
    await rule.check(store, { reopen });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${rule.purpose}\n${said}`, { cause });
  } finally {
    await store.close?.();
  }
}

async function breaks(rule: Rule, check: () => Promise<void>): Promise<void> {
  const broken = await check().then(
    () => false,
    () => true,
  );
  if (!broken)
    throw new Error(`"${rule.name}" is declared as a deviation and holds: take it away.`);
}
