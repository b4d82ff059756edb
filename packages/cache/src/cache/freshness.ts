import { invalidOption } from "./invalid-option.ts";

export const DEFAULT_TTL: number = 24 * 60 * 60 * 1000;

/**
 * The largest difference, in ms, that is accepted between the clocks of machines that share a
 * store.
 */
const SKEW = 60_000;

/**
 * Returns true if an entry has not expired. An entry dated in the future was written before the
 * clock was set back: its age is unknown, so it counts as expired.
 */
export function isFresh(times: { storedAt: number; expiresAt: number }, now: number): boolean {
  return now < times.expiresAt && times.storedAt <= now + SKEW;
}

export function checkedTtl(ttl: number): number {
  if (typeof ttl === "number" && ttl >= 0) return ttl;
  throw invalidOption("ttl", ttl, "milliseconds, 0 or more, or Infinity");
}
