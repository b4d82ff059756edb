import type { MaybePromise } from "../maybe-promise.ts";
import type { CacheStore } from "../store/store.ts";
import { basicRules } from "./basic-rules.ts";
import { capabilityRules } from "./capability-rules.ts";
import { invalidationRules } from "./invalidation-rules.ts";
import { leaseRules } from "./lease-rules.ts";
import { persistenceRules } from "./persistence-rules.ts";
import type { Reopen, Rule } from "./rule.ts";

/** `test` of node:test, vitest, jest or whatever takes a name and a function. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/** What the suite is told of the store under test. */
export interface CacheStoreTestOptions {
  /** Opens what the store that was created last has left, as another process would. */
  readonly reopen?: Reopen;
  /** Rules that the store breaks, each by its name with the reason. A rule that holds may not be among them. */
  readonly deviations?: readonly { readonly rule: string; readonly reason: string }[];
}

/**
 * Registers one test for every rule that a store must keep. Rules on a capability that a store does
 * not have pass it by. A rule that is declared as a deviation is named with its reason, and must be
 * broken.
 *
 * @throws RangeError where a deviation names no rule.
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
