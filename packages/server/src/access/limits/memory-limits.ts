import { RateLimiterMemory } from "rate-limiter-flexible";
import { type CountedLimits, type Limits, limitsOf, minute } from "./limits.ts";

/** Counters of this process: they start again with it. */
export function memoryLimits(): Limits {
  return countedInMemory();
}

export function countedInMemory(): CountedLimits {
  return limitsOf(
    (keyPrefix, points) => new RateLimiterMemory({ keyPrefix, points, duration: minute }),
  );
}
