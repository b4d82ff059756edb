import { CacheError } from "../error.ts";

/** A store that takes longer than this many ms costs more than it saves. */
const LIMIT = 1000;

/** The promise, or a rejection with `STORE_TIMEOUT` when it does not settle in time. */
export function withinTime<T>(promise: Promise<T>, operation: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      const message = `The store did not answer ${operation} within ${LIMIT} ms.`;
      reject(new CacheError("STORE_TIMEOUT", message, { retryable: true }));
    }, LIMIT);
    const settle = <V>(next: (value: V) => void) => {
      return (value: V) => {
        clearTimeout(timer);
        next(value);
      };
    };
    promise.then(settle(resolve), settle(reject));
  });
}
