import type { Limits } from "./part.ts";

/** The limits of one model with one credential. Times are on the clock of `performance.now()`. */
export interface PaceLimits {
  /** Calls per window; Infinity while no limit is known. */
  readonly limit: number;
  /** The length of a window, in ms. */
  readonly period: number;
  /** The time until which the vendor accepts no call; in the past if it accepts them. */
  readonly blockedUntil: number;
  /** Returns when the next call may start; Infinity if that is decided later. */
  readyAt(now: number, deadline: number): number;
  /** Estimates `readyAt` from what is known, without taking a turn. */
  expectedAt(now: number, deadline: number): number;
  /** Counts a call that starts, and returns the number of its window. */
  release(now: number): number;
  /** Notes that a call of the window succeeded. */
  admitted(window: number, now: number): void;
  /**
   * Notes that a call of the window ended without showing whether the vendor would have accepted
   * it.
   */
  untold(window: number): void;
  /** Notes that the vendor refused a call of the window. */
  refused(window: number, wait: number | undefined, now: number): void;
  /** Takes in the limits that the vendor reported; `wall` is the time in ms since the epoch. */
  tell(limits: Limits, now: number, wall: number): void;
  isForgettable(now: number): boolean;
}
