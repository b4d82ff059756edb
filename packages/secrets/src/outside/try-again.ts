import { setTimeout as sleep } from "node:timers/promises";
import { SecretsError } from "../errors.ts";
import { retryAfterOf } from "./store-error.ts";

/** Between the tries, in milliseconds; each a random part of it, so that many do not come at once. */
const pauses = [150, 600];

/** Tries again where a store was away for a moment, as long as there is time for it. */
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
