import type { Availability } from "../availability.ts";

/**
 * An amount that is withdrawn from an account before a call. Amounts are integers: billionths of a
 * US dollar.
 */
export interface Withdrawal {
  /** A key's id and the period, as `id:2026-11-29`. */
  readonly account: string;
  /** The id of this withdrawal only. */
  readonly id: string;
  readonly amount: number;
  /** The most that the account may reach. */
  readonly limit: number;
}

/** The actual cost of a call, which replaces its withdrawal. */
export type Settlement = Omit<Withdrawal, "limit">;

/**
 * Stores what keys have spent. A withdrawal stays until it is settled, even if the server ends in
 * between: then nobody knows what the call has cost.
 */
export interface BudgetStore {
  /** Whether the shared storage answers; absent if nothing is shared. */
  readonly availability?: Availability;
  /**
   * Withdraws an amount if the account has it; once this resolves, the withdrawal is permanent.
   *
   * @throws AccessError `UNAVAILABLE`: then nothing is taken
   */
  take(withdrawal: Withdrawal): Promise<boolean>;
  /**
   * Replaces a withdrawal by the actual cost of the call, which is kept in memory until it can be
   * stored.
   */
  settle(settlement: Settlement): Promise<void>;
  /** Returns what an account has spent, including withdrawals. */
  spent(account: string): Promise<number>;
  /**
   * Checks whether budgets can be stored, and returns warnings for the owner about how durable they
   * are.
   */
  check(): Promise<readonly string[]>;
  /** Closes the store. Withdrawals that could not be settled by now remain. */
  close(): Promise<void>;
}
