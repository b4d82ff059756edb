import type { Failure } from "./failure.ts";
import type { Mode } from "./mode.ts";
import type { PaceLimits } from "./pace-limits.ts";

/**
 * What machines share: cooldowns, the pace of each key, and the position at which each process starts in a
 * pool of keys. `sharedState` of `@acc/dual-mode/shared-state` makes one; clients take it as `state`.
 */
export interface SharedState {
  /**
   * Returns the state of one credential. `name` is the same wherever the key and its base URL are
   * the same.
   */
  credential(name: string): SharedCredential;
  /**
   * Returns the position at which this process starts in a pool of keys; the next process gets the
   * next number.
   */
  turn(pool: string): Promise<number>;
  /** Why nothing is shared right now; undefined while everything is. */
  readonly away: string | undefined;
}

/** What machines share about one key. */
export interface SharedCredential {
  /**
   * Reads the reports of other machines; undefined if they are up to date. Waits no longer than the
   * state's patience.
   */
  refresh(): Promise<void> | undefined;
  /**
   * Returns the limits of one model for a queue of waiting calls; `changed` is called when one of
   * them may start.
   */
  limits(model: string, line: { readonly size: number }, changed: () => void): PaceLimits;
  /** Returns the cooldown of a mode and model, if there is one. */
  cooling(mode: Mode, model: string): SharedCooldown | undefined;
  /** Starts a cooldown on all machines; the later of two ends counts. */
  cool(mode: Mode, model: string, cooldown: SharedCooldown): void;
}

/** A cooldown that a refusal started on all machines. */
export interface SharedCooldown {
  readonly failure: Failure;
  /** When it ends, on the clock of `performance.now()`. */
  readonly until: number;
}
