import { accountOf } from "./budgets/account.ts";
import type { BudgetStore } from "./budgets/budget-store.ts";
import type { KeyRecord } from "./keys/key-store.ts";
import type { LimitKind, Limits } from "./limits/limits.ts";

/** What a key has used of its limits: in this minute, and in this day or month (UTC). */
export interface KeyUsage {
  readonly name: string;
  readonly rpm?: { readonly used: number; readonly limit: number };
  readonly tpm?: { readonly used: number; readonly limit: number };
  /** US dollars, including what calls in flight have withdrawn. */
  readonly budget?: {
    readonly spentUsd: number;
    readonly usd: number;
    readonly per: "day" | "month";
  };
}

/** @throws AccessError `UNAVAILABLE` */
export async function keyUsage(
  record: KeyRecord,
  limits: Limits,
  budgets: BudgetStore | undefined,
): Promise<KeyUsage> {
  const { id: key, name, rpm, tpm, budget } = record;
  const used = async (kind: LimitKind, limit: number | undefined) =>
    limit === undefined
      ? {}
      : { [kind]: { used: await limits.used({ kind, perMinute: limit, key }), limit } };
  const spent = budget && budgets?.spent(accountOf(record, budget, Date.now()));
  return {
    name,
    ...(await used("rpm", rpm)),
    ...(await used("tpm", tpm)),
    ...(budget && { budget: { ...budget, spentUsd: ((await spent) ?? 0) / 1e9 } }),
  };
}
