import type { Availability } from "../availability.ts";

/**
 * What is withdrawn from an account before a call. Amounts are integers: billionths of a US dollar.
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

/** What a call actually cost. */
export type Settlement = Omit<Withdrawal, "limit">;

/**
 * Stores what keys have spent. A withdrawal stays until it is settled, even if the server ends in
 * between: then nobody knows what the call has cost.
 */
export interface BudgetStore {
  /** Whether the shared storage answers; absent if nothing is shared. */
  readonly availability?: Availability;
  /**
   * Takes an amount if the account has it, for good before it resolves.
   *
   * @throws AccessError `UNAVAILABLE`: then nothing is taken
   */
  take(withdrawal: Withdrawal): Promise<boolean>;
  /** Replaces a withdrawal by what the call has cost. Kept in memory until it can be stored. */
  settle(settlement: Settlement): Promise<void>;
  /** What is spent and withdrawn of an account. */
  spent(account: string): Promise<number>;
  /**
   * Checks whether budgets can be stored, and returns what the owner should know about how durable
   * they are.
   */
  check(): Promise<readonly string[]>;
  /** What could not be settled by now stays withdrawn. */
  close(): Promise<void>;
}
