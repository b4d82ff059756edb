import { setTimeout } from "node:timers/promises";
import { type Code, DualModeError } from "@acc/dual-mode";

/** What may pass by itself. */
const passing: ReadonlySet<Code> = new Set<Code>([
  ...(["NETWORK", "OVERLOADED", "SERVER_ERROR", "TIMEOUT"] as const),
  ...(["RATE_LIMITED", "INVALID_OUTPUT"] as const),
]);

export function mayPass(error: unknown): boolean {
  return DualModeError.is(error) && passing.has(error.code);
}

/** How often something is asked that fails by what may pass. */
const tries = 8;

/**
 * Asks again, later each time and a minute at most, where what failed may pass.
 * @param left What is still to come: where it became less, the tries are counted again
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

/** Milliseconds until what failed for so many times is asked again. */
export function waitAfter({ retryAfter = 0 }: DualModeError, poll: number, count: number): number {
  return Math.max(retryAfter, Math.min(poll, 60_000, 1_000 * 2 ** count));
}

/** Longer a timer cannot wait. */
const longest = 2 ** 31 - 1;

/** @throws DualModeError `ABORTED` */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(Math.min(ms, longest), undefined, { signal });
  } catch {
    throw new DualModeError("ABORTED", "The batch was stopped.");
  }
}
