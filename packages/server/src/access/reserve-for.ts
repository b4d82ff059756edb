import type { Prices } from "@acc/dual-mode";
import {
  type Ask,
  isRefusal,
  type Refusal,
  type Reservation,
  type Used,
} from "../contract/access.ts";
import { AccessError } from "./access-error.ts";
import type { BudgetStore } from "./budgets/budget-store.ts";
import { type TakenBudget, takeBudget } from "./budgets/take-budget.ts";
import type { KeyRecord } from "./keys/key-store.ts";
import type { Limits } from "./limits/limits.ts";
import { takeLimits } from "./limits/take-limits.ts";

/** The stores and settings that limit what keys may use. */
export interface Bounds {
  readonly limits: Limits;
  readonly budgets?: BudgetStore;
  readonly prices?: Prices;
  readonly defaultMaxOutputTokens?: number;
  readonly onError: (error: unknown) => void;
}

const nothing: Used = { cached: false, failed: true };

/**
 * Reserves the most that a call of a key may use.
 *
 * @throws what the stores of limits and budgets throw
 */
export async function reserveFor(
  record: KeyRecord,
  ask: Ask,
  bounds: Bounds,
): Promise<Reservation | Refusal> {
  const limits = await takeLimits(bounds.limits, record, ask.inputTokens);
  if (isRefusal(limits)) return limits;
  const settleLimits = (used: Used) => limits.settle(used).catch(bounds.onError);
  const budget = await budgetOf(record, ask, bounds).catch(async (error) => {
    await settleLimits(nothing);
    throw error;
  });
  if (budget && isRefusal(budget)) {
    await settleLimits(nothing);
    return budget;
  }
  let isSettled = false;
  const bound = budget?.maxOutputTokens;
  return {
    ...(bound !== undefined && { maxOutputTokens: bound }),
    async settle(used) {
      if (isSettled) return;
      isSettled = true;
      await Promise.all([settleLimits(used), budget?.settle(used).catch(bounds.onError)]);
    },
  };
}

async function budgetOf(
  record: KeyRecord,
  ask: Ask,
  { budgets: store, prices, defaultMaxOutputTokens = 4096 }: Bounds,
): Promise<TakenBudget | Refusal | undefined> {
  if (!record.budget) return undefined;
  if (!store) {
    const message = `The key "${record.name}" has a budget, and the server keeps none (budgets).`;
    throw new AccessError("UNAVAILABLE", message);
  }
  return await takeBudget({ store, prices, defaultMaxOutputTokens }, record, record.budget, ask);
}
