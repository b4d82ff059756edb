import { setTimeout as sleep } from "node:timers/promises";
import { isPromise, type MaybePromise } from "../maybe-promise.ts";
import { isBusy } from "./failure-kinds.ts";

const PAUSE = 20;

/** How long a change is tried again while another process has locked the store, in ms. */
export const PATIENCE = { set: 300, delete: 900, replace: 900, clear: 10_000 } as const;

/** Returns the result of `run`, or that of `otherwise` if `run` throws or rejects. */
export function orElse<T>(
  run: () => MaybePromise<T>,
  otherwise: (error: unknown) => MaybePromise<T>,
): MaybePromise<T> {
  try {
    const result = run();
    return isPromise(result) ? result.catch(otherwise) : result;
  } catch (error) {
    return otherwise(error);
  }
}

/**
 * Tries again for some time while another process has locked the store; the program continues in
 * between.
 */
export function patiently<T>(run: () => MaybePromise<T>, limit: number): MaybePromise<T> {
  let end = 0;
  const again = async (error: unknown): Promise<T> => {
    end ||= performance.now() + limit;
    if (!isBusy(error) || performance.now() > end) throw error;
    await sleep(PAUSE);
    return orElse(run, again);
  };
  return orElse(run, again);
}
