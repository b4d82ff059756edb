import { CacheError } from "../error.ts";

/** A store that takes longer than this many ms costs more than it saves. */
const LIMIT = 1000;
/** A timer that is later than this many ms says that the program itself was busy. */
const PUNCTUAL = 20;

/**
 * The promise, or a rejection with `STORE_TIMEOUT` when it does not settle in time. Time in which
 * the event loop stood still does not count: the answer may be there and not yet read.
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
        // What has come in this turn of the loop is looked at first.
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
