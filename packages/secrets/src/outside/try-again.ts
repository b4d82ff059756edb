import { setTimeout as sleep } from "node:timers/promises";
import { SecretsError } from "../errors.ts";
import { retryAfterOf } from "./store-error.ts";

/**
 * The pauses between the tries, in milliseconds; each is shortened at random, to half at most, so
 * that many clients do not return at once.
 */
const pauses = [150, 600];

/** Tries again when a store is briefly unavailable, as long as time is left. */
export async function tryAgain<T>(timeout: number, run: (left: number) => Promise<T>): Promise<T> {
  const end = performance.now() + timeout;
  for (const pause of pauses) {
    try {
      return await run(end - performance.now());
    } catch (error) {
      const wait = retryAfterOf(error) ?? pause * (0.5 + Math.random() / 2);
      const mayHelp = SecretsError.is(error) && error.retryable;
      if (!mayHelp || performance.now() + wait >= end) throw error;
      await sleep(wait);
    }
  }
  return run(end - performance.now());
}
