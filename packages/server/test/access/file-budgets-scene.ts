import { onTestFinished } from "vitest";
import { fileBudgets } from "../../src/access/budgets/file-budgets.ts";

export const account = `k:${new Date().toISOString().slice(0, 10)}`;

export const journal = `budgets-${account.slice(2, 9)}.log`;

export function open(folder: string) {
  const budgets = fileBudgets(folder);
  onTestFinished(() => budgets.close());
  return budgets;
}

export const take = (id: string, amount: number, limit = 1_000) => ({ account, id, amount, limit });
