import { CacheError } from "../error.ts";

/** The time limit of a store, in ms; a slower one costs more than it saves. */
const LIMIT = 1000;
/** A timer that is later than this, in ms, shows that the program itself was busy. */
const PUNCTUAL = 20;

/**
 * Returns the promise, or rejects with `STORE_TIMEOUT` if it does not settle in time. Time during
 * which the event loop was blocked does not count: the answer may have arrived and not been read.
 */
export function withinTime<T>(promise: Promise<T>, operation: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let settled = false;
    let timer: NodeJS.Timeout;
    const wait = (milliseconds: number) => {
      const due = performance.now() + milliseconds;
      timer = setTimeout(() => {
        const late = performance.now() - due;
        if (late > PUNCTUAL) wait(Math.min(late, LIMIT));
        // Answers that arrived in this turn of the loop are handled first.
        else setImmediate(() => settled || reject(tooSlow(operation)));
      }, milliseconds);
    };
    const settle = <V>(next: (value: V) => void) => {
      return (value: V) => {
        settled = true;
        clearTimeout(timer);
        next(value);
      };
    };
    wait(LIMIT);
    promise.then(settle(resolve), settle(reject));
  });
}

function tooSlow(operation: string): CacheError {
  const message = `The store did not answer ${operation} within ${LIMIT} ms.`;
  return new CacheError("STORE_TIMEOUT", message, { retryable: true });
}
