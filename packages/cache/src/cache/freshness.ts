import { invalidOption } from "./invalid-option.ts";

export const DEFAULT_TTL: number = 24 * 60 * 60 * 1000;

/** Clocks of machines that share a store may differ by this many ms. */
const SKEW = 60_000;

/**
 * An entry from the future was written before the clock went back: nobody knows its age, so it is
 * as good as expired.
 */
export function isFresh(times: { storedAt: number; expiresAt: number }, now: number): boolean {
  return now < times.expiresAt && times.storedAt <= now + SKEW;
}

export function checkedTtl(ttl: number): number {
  if (typeof ttl === "number" && ttl >= 0) return ttl;
  throw invalidOption("ttl", ttl, "milliseconds, 0 or more, or Infinity");
}
