import { randomUUID } from "node:crypto";
import type { Prices } from "@acc/dual-mode";
import type { Ask, Refusal, Target, Used } from "../../contract/access.ts";
import type { Budget, KeyRecord } from "../keys/key-store.ts";
import { accountOf, endOf, inDollars, toBillionths } from "./account.ts";
import type { BudgetStore } from "./budget-store.ts";
import { priceOf } from "./price-of.ts";

/** The withdrawal of a call from its key's budget. */
export interface TakenBudget {
  /** The output limit that was paid for, if the call names none. */
  readonly maxOutputTokens?: number;
  /** Replaces the withdrawal by the actual cost of the call. */
  settle(used: Used): Promise<void>;
}

/** What is needed to enforce budgets. */
export interface Budgets {
  readonly store: BudgetStore;
  readonly prices: Prices | undefined;
  /** Output tokens of a call that names no limit. */
  readonly defaultMaxOutputTokens: number;
}

/**
 * Withdraws the most that a call may cost with the most expensive of the models that may answer.
 */
export async function takeBudget(
  budgets: Budgets,
  key: KeyRecord,
  budget: Budget,
  ask: Ask,
): Promise<TakenBudget | Refusal> {
  const { store, prices, defaultMaxOutputTokens } = budgets;
  const { inputTokens, maxOutputTokens: named } = ask;
  const outputTokens = named ?? defaultMaxOutputTokens;
  let most = 0;
  for (const target of ask.models) {
    const price = priceOf(prices, { inputTokens, outputTokens }, target);
    if (price === undefined) return withoutPrice(target);
    most = Math.max(most, price);
  }
  const id = randomUUID();
  const account = accountOf(key, budget, Date.now());
  const amount = toBillionths(most);
  const limit = toBillionths(budget.usd);
  if (!(await store.take({ account, id, amount, limit }))) {
    return exhausted({ amount, limit, account, budget, spent: await store.spent(account) });
  }
  return {
    ...(named === undefined && { maxOutputTokens: outputTokens }),
    async settle(used) {
      const lost = costOfLost(used, prices);
      // If the cost is unknown, the call costs what was withdrawn for it, or more if more is known.
      const cost = costOf(used, prices) ?? (lost > most ? 0 : undefined);
      if (cost !== undefined)
        await store.settle({ account, id, amount: toBillionths(cost + lost) });
    },
  };
}

function costOf(used: Used, prices: Prices | undefined): number | undefined {
  const { cached, costUsd, usage, provider, model } = used;
  if (cached) return 0;
  if (isCost(costUsd)) return costUsd;
  if (usage && isCost(usage.cost)) return usage.cost;
  if (usage && provider !== undefined) {
    const target = { provider, ...(model !== undefined && { model }) };
    return priceOf(prices, usage, target);
  }
  return used.failed ? 0 : undefined;
}

/** US dollars of the attempts that failed; tokens without a price add nothing. */
function costOfLost({ lost = [] }: Used, prices: Prices | undefined): number {
  const costs = lost.map(({ usage, provider, model }) => {
    if (isCost(usage.cost)) return usage.cost;
    return priceOf(prices, usage, { provider, ...(model !== undefined && { model }) }) ?? 0;
  });
  return costs.reduce((total, cost) => total + cost, 0);
}

function isCost(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && value < Infinity;
}

function withoutPrice({ provider, model }: Target): Refusal {
  const what = model === undefined ? `the default model of ${provider}` : `${provider}/${model}`;
  const message = `The key has a budget, and ${what} has no price that is known.`;
  return { status: 403, code: "MODEL_WITHOUT_PRICE", message };
}

interface Shortage {
  readonly amount: number;
  readonly limit: number;
  readonly spent: number;
  readonly account: string;
  readonly budget: Budget;
}

function exhausted({ amount, limit, spent, account, budget }: Shortage): Refusal {
  const left = inDollars(Math.max(0, limit - spent));
  const message =
    `The call may cost up to ${inDollars(amount)}, and of the key's ${inDollars(limit)} a ` +
    `${budget.per} ${left} is left. Ask for less output (max_tokens), or wait.`;
  const isEverEnough = amount <= limit;
  const wait = isEverEnough ? { retryAfter: Math.max(1, endOf(account) - Date.now()) } : {};
  return { status: 402, code: "BUDGET_EXHAUSTED", message, ...wait };
}
