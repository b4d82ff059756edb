import { RateLimiterMemory } from "rate-limiter-flexible";
import { type CountedLimits, type Limits, limitsOf, minute } from "./limits.ts";

/** Limits in the memory of this process, which are lost when it ends. */
export function memoryLimits(): Limits {
  return countedInMemory();
}

export function countedInMemory(): CountedLimits {
  return limitsOf(
    (keyPrefix, points) => new RateLimiterMemory({ keyPrefix, points, duration: minute }),
  );
}
