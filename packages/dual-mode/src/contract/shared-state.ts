import type { Failure } from "./failure.ts";
import type { Mode } from "./mode.ts";
import type { PaceLimits } from "./pace-limits.ts";

/**
 * What machines share: cooldowns, the pace of each key, and the position at which each process starts in a
 * pool of keys. `sharedState` of `@acc/dual-mode/shared-state` makes one; clients take it as `state`.
 */
export interface SharedState {
  /** By a name that is the same if the key and its base URL are the same. */
  credential(name: string): SharedCredential;
  /** The position in a pool at which this process starts; the next process gets the next number. */
  turn(pool: string): Promise<number>;
  /** Why nothing is shared right now; undefined while everything is. */
  readonly away: string | undefined;
}

/** What machines share about one key. */
export interface SharedCredential {
  /** Reads what other machines reported; undefined if it is up to date. Waits no longer than the state's patience. */
  refresh(): Promise<void> | undefined;
  /** The limits of one model, for those who wait in a line; `changed` is called when one of them may go. */
  limits(model: string, line: { readonly size: number }, changed: () => void): PaceLimits;
  /** Why a mode and model are left alone, and until when on the clock of `performance.now()`. */
  cooling(mode: Mode, model: string): SharedCooldown | undefined;
  /** Has all machines leave them alone; the later of two ends counts. */
  cool(mode: Mode, model: string, cooldown: SharedCooldown): void;
}

/** A route that a refusal has all machines leave alone. */
export interface SharedCooldown {
  readonly failure: Failure;
  /** On the clock of `performance.now()`. */
  readonly until: number;
}
