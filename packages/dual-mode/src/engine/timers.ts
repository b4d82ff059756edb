import type { Timeouts } from "../contract/call-options.ts";
import { DualModeError } from "../error.ts";

/** The longest timer of Node.js; a longer one fires at once. */
const longestTimer = 2 ** 31 - 1;

const defaults: Required<Timeouts> = { total: 600_000, firstPart: 120_000, idle: 60_000 };

/** Returns the three timeouts of a call in ms; a single number is that of the whole call. */
export function resolveTimeouts(
  ...given: readonly (number | Timeouts | undefined)[]
): Required<Timeouts> {
  const resolved = { ...defaults };
  for (const timeout of given) {
    const { total, firstPart, idle } =
      typeof timeout === "number" ? { total: timeout } : (timeout ?? {});
    resolved.total = Math.min(total ?? resolved.total, longestTimer);
    resolved.firstPart = Math.min(firstPart ?? resolved.firstPart, longestTimer);
    resolved.idle = Math.min(idle ?? resolved.idle, longestTimer);
  }
  return resolved;
}

/**
 * Returns the promise's result, or throws the signal's reason as soon as it is aborted; the
 * promise's later result is ignored.
 */
export async function unlessAborted<T>(signal: AbortSignal, promise: T | Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Returns the error of a call that was not answered within `total` ms. */
export function outOfTime(total: number): DualModeError {
  return new DualModeError("DEADLINE_EXCEEDED", `The call was not answered within ${total} ms.`, {
    fix: "Give it more time with the option timeout.",
  });
}

/** Waits, or throws the signal's reason as soon as it is aborted. */
export async function delay(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Returns the ms to wait before retry number `retry` (from 0): full jitter under 500 ms, 1 s, 2 s …
 * 8 s.
 */
export function backoff(retry: number, random: () => number = Math.random): number {
  return random() * Math.min(8_000, 500 * 2 ** retry);
}
