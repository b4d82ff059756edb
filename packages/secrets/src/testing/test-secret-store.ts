import { readingRules } from "./reading-rules.ts";
import type { CreateStore, Rule } from "./rule.ts";
import { vaultRules } from "./vault-rules.ts";
import { writingRules } from "./writing-rules.ts";

/** `test` of node:test, vitest, jest or whatever takes a name and a function. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/** What the suite is told of the store under test. */
export interface SecretStoreTestOptions {
  /** Rules that the store breaks, each by its name with the reason. A rule that holds may not be among them. */
  readonly deviations?: readonly { readonly rule: string; readonly reason: string }[];
}

/**
 * Registers one test for every rule that a `SecretStore` keeps, and those for what this one
 * supports, which it sees by a store that it makes and closes first. A rule that is declared as a
 * deviation is named with its reason, and must be broken.
 *
 * @throws RangeError where a deviation names no rule.
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
