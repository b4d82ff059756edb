import { setTimeout } from "node:timers/promises";
import { type Code, DualModeError } from "@acc/dual-mode";

/** Errors that may be temporary. */
const passing: ReadonlySet<Code> = new Set<Code>([
  ...(["NETWORK", "OVERLOADED", "SERVER_ERROR", "TIMEOUT"] as const),
  ...(["RATE_LIMITED", "INVALID_OUTPUT"] as const),
]);

export function mayPass(error: unknown): boolean {
  return DualModeError.is(error) && passing.has(error.code);
}

/** Most attempts for an operation that fails with such errors. */
const tries = 8;

/**
 * Retries an operation that fails with a temporary error, each time later, but at most a minute.
 * @param left Returns how much work is left; if an attempt reduced it, the count starts again
 */
export async function patiently<T>(
  signal: AbortSignal,
  poll: number,
  ask: () => Promise<T>,
  left: () => number = () => 0,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    const before = left();
    try {
      return await ask();
    } catch (error) {
      if (left() < before) count = 1;
      if (!mayPass(error) || count >= tries) throw error;
      await pause(waitAfter(error as DualModeError, poll, count), signal);
    }
  }
}

/** Returns the milliseconds to wait before the next attempt, after this many failures. */
export function waitAfter({ retryAfter = 0 }: DualModeError, poll: number, count: number): number {
  return Math.max(retryAfter, Math.min(poll, 60_000, 1_000 * 2 ** count));
}

/** The longest time that a timer can wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/** @throws DualModeError `ABORTED` */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(Math.min(ms, longest), undefined, { signal });
  } catch {
    throw new DualModeError("ABORTED", "The batch was stopped.");
  }
}
