import type { Limits } from "./part.ts";

/** The limits of one model with one credential. Times are on the clock of `performance.now()`. */
export interface PaceLimits {
  /** Calls in one window; Infinity while no limit is known. */
  readonly limit: number;
  /** Milliseconds of one window. */
  readonly period: number;
  /** Until when the vendor accepts no call; in the past if it accepts them. */
  readonly blockedUntil: number;
  /** When the next call may go; Infinity if that is decided later. */
  readyAt(now: number, deadline: number): number;
  /** The same as far as it is known, without taking a turn. */
  expectedAt(now: number, deadline: number): number;
  /** A call goes. Gives the number of its window. */
  release(now: number): number;
  /** A call of the window succeeded. */
  admitted(window: number, now: number): void;
  /** A call of the window has ended; it is not known whether it would have succeeded. */
  untold(window: number): void;
  /** The vendor refused a call of the window. */
  refused(window: number, wait: number | undefined, now: number): void;
  /** The vendor reported its limits; `wall` is milliseconds since the epoch. */
  tell(limits: Limits, now: number, wall: number): void;
  isForgettable(now: number): boolean;
}
