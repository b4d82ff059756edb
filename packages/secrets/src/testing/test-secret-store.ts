import { readingRules } from "./reading-rules.ts";
import type { CreateStore, Rule } from "./rule.ts";
import { vaultRules } from "./vault-rules.ts";
import { writingRules } from "./writing-rules.ts";

/**
 * The `test` function of node:test, vitest, jest or another runner that takes a name and a
 * function.
 */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/** Options of the test suite for the store under test. */
export interface SecretStoreTestOptions {
  /**
   * Rules that the store breaks, each by its name with the reason. A rule that the store follows
   * may not be among them.
   */
  readonly deviations?: readonly { readonly rule: string; readonly reason: string }[];
}

/**
 * Registers one test for each rule of the `SecretStore` contract that applies to the store. Which
 * optional rules apply is found out with one store that is created and closed first. A rule
 * declared as a deviation is listed with its reason, and the store must break it.
 *
 * @throws RangeError if a deviation names a rule that does not exist.
 */
export async function testSecretStore(
  test: TestFunction,
  create: CreateStore,
  options: SecretStoreTestOptions = {},
): Promise<void> {
  const store = await create({});
  const all = [...readingRules, ...writingRules, ...vaultRules];
  const rules = all.filter(({ needs = [] }) => needs.every((member) => store[member]));
  await store.close?.();
  const reasons = new Map(options.deviations?.map(({ rule, reason }) => [rule, reason]));
  for (const name of reasons.keys()) {
    if (!rules.some((rule) => rule.name === name)) throw new RangeError(`No rule is "${name}".`);
  }
  for (const rule of rules) {
    const reason = reasons.get(rule.name);
    if (reason === undefined) test(rule.name, () => keep(rule, create));
    else test(`${rule.name} (deviates: ${reason})`, () => breaks(rule, create));
  }
}

async function keep(rule: Rule, create: CreateStore): Promise<void> {
  const store = await create(rule.holds ?? {});
  try {
    await rule.check(store);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${rule.purpose}\n${said}`, { cause });
  } finally {
    await store.close?.();
  }
}

async function breaks(rule: Rule, create: CreateStore): Promise<void> {
  const broken = await keep(rule, create).then(
    () => false,
    () => true,
  );
  if (!broken)
    throw new Error(`"${rule.name}" is declared as a deviation and holds: take it away.`);
}
