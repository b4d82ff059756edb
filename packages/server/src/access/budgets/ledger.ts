import type { Settlement, Withdrawal } from "./budget-store.ts";

interface Account {
  spent: number;
  /** What is taken and not settled, by its id. */
  readonly taken: Map<string, number>;
}

/**
 * What a journal comes to. Its order decides: every process that reads it comes to the same, so that
 * several write one journal without a lock.
 */
export class Ledger {
  readonly #accounts = new Map<string, Account>();

  /** Of two that the account has not room for both, the first one has it. */
  take({ account, id, amount, limit }: Withdrawal): void {
    const found = this.#accounts.get(account) ?? { spent: 0, taken: new Map() };
    if (found.taken.has(id) || found.spent + amount > limit) return;
    found.spent += amount;
    found.taken.set(id, amount);
    this.#accounts.set(account, found);
  }

  hasRoom({ account, amount, limit }: Withdrawal): boolean {
    return this.spent(account) + amount <= limit;
  }

  settle({ account, id, amount }: Settlement): void {
    const found = this.#accounts.get(account);
    const taken = found?.taken.get(id);
    if (!found || taken === undefined) return;
    found.spent += amount - taken;
    found.taken.delete(id);
  }

  isTaken(account: string, id: string): boolean {
    return this.#accounts.get(account)?.taken.has(id) ?? false;
  }

  spent(account: string): number {
    return this.#accounts.get(account)?.spent ?? 0;
  }
}
