import type { Availability } from "../availability.ts";

/** What is taken from an account before a call. Amounts are billionths of a US dollar, whole. */
export interface Withdrawal {
  /** A key's id and the period, as `id:2026-11-29`. */
  readonly account: string;
  /** Of this withdrawal alone. */
  readonly id: string;
  readonly amount: number;
  /** What the account may come to. */
  readonly limit: number;
}

/** What a call came to in the end. */
export type Settlement = Omit<Withdrawal, "limit">;

/**
 * Where it is kept what keys have spent. What is taken stays taken until it is settled, also where
 * the server ends in between: nobody knows then what the call has cost.
 */
export interface BudgetStore {
  /** Whether what is shared answers; absent where nothing is. */
  readonly availability?: Availability;
  /**
   * Takes an amount if the account has it, for good before it resolves.
   *
   * @throws AccessError `UNAVAILABLE`: then nothing is taken
   */
  take(withdrawal: Withdrawal): Promise<boolean>;
  /** Puts what a call has cost in the place of what was taken for it. Kept in mind until it can be. */
  settle(settlement: Settlement): Promise<void>;
  /** What is spent and taken of an account. */
  spent(account: string): Promise<number>;
  /** Looks whether budgets can be kept, and gives what the owner should know of how well they are. */
  check(): Promise<readonly string[]>;
  /** What could not be settled until now stays taken. */
  close(): Promise<void>;
}
