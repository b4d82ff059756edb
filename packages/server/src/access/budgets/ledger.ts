import type { Settlement, Withdrawal } from "./budget-store.ts";
import type { Line } from "./journal-line.ts";

interface Account {
  spent: number;
  /** Withdrawals that are not settled, by their ids. */
  readonly taken: Map<string, number>;
}

/**
 * The sums of a journal. Its order decides: every process that reads it gets the same sums, so
 * several can write one journal without a lock.
 */
export class Ledger {
  readonly #accounts = new Map<string, Account>();

  /**
   * Withdraws an amount, if there is enough. Of two withdrawals that do not both fit, the first one
   * succeeds.
   */
  take({ account, id, amount, limit }: Withdrawal): void {
    const found = this.#accounts.get(account) ?? { spent: 0, taken: new Map() };
    if (found.taken.has(id) || found.spent + amount > limit) return;
    found.spent += amount;
    found.taken.set(id, amount);
    this.#accounts.set(account, found);
  }

  /** Adds what an account had spent before this ledger begins. */
  carry(account: string, amount: number): void {
    const found = this.#accounts.get(account) ?? { spent: 0, taken: new Map() };
    found.spent += amount;
    this.#accounts.set(account, found);
  }

  /** How many lines would give the same sums. */
  get size(): number {
    let size = 0;
    for (const { taken } of this.#accounts.values()) size += 1 + taken.size;
    return size;
  }

  /** The fewest lines that give the same sums. */
  lines(): Line[] {
    return [...this.#accounts].flatMap(([account, { spent, taken }]) => {
      const open = [...taken].map(
        ([id, amount]): Line => ["take", account, id, amount, Number.MAX_SAFE_INTEGER],
      );
      const settled = spent - [...taken.values()].reduce((sum, amount) => sum + amount, 0);
      return [["spent", account, settled] satisfies Line, ...open];
    });
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
