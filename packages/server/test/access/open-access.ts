import { expect, onTestFinished } from "vitest";
import type { Access, Ask, Caller, Refusal, Reservation } from "../../src/index.ts";
import {
  type AccessOptions,
  addKey,
  createAccess,
  fileBudgets,
  fileKeys,
  type KeyOptions,
} from "../../src/index.ts";
import { temporaryFolder } from "../support/temporary.ts";

export const ownerToken = "o".repeat(43);
export const prices = { small: { input: 1, output: 2 }, large: { input: 10, output: 20 } };

export const ask = (more: Partial<Ask> = {}): Ask => ({
  models: [{ provider: "p", model: "small" }],
  inputTokens: 1_000,
  maxOutputTokens: 1_000,
  ...more,
});

export function open(more: Partial<AccessOptions> = {}) {
  const folder = temporaryFolder();
  const keys = fileKeys(`${folder}/keys`);
  const budgets = fileBudgets(`${folder}/budgets`);
  const access = createAccess({ ownerToken, keys, budgets, prices, ...more });
  onTestFinished(() => access.close());
  const enter = async (options: Partial<KeyOptions> = {}) => {
    const { token } = await addKey(keys, { name: "k", ...options });
    return (await access.identify(token)) as Caller;
  };
  return { access, keys, budgets, enter, folder };
}

export async function taken(
  access: Access,
  caller: Caller,
  what: Ask = ask(),
): Promise<Reservation> {
  const found = await access.reserve(caller, what);
  expect(found).toHaveProperty("settle");
  return found as Reservation;
}

export async function refused(access: Access, caller: Caller, what: Ask = ask()): Promise<Refusal> {
  const found = await access.reserve(caller, what);
  expect(found).toHaveProperty("code");
  return found as Refusal;
}
