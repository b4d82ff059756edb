/** The promise, or a rejection with the signal's reason if it is aborted first. */
export function unlessAborted<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    const settle = <V>(next: (value: V) => void) => {
      return (value: V) => {
        signal.removeEventListener("abort", abort);
        next(value);
      };
    };
    promise.then(settle(resolve), settle(reject));
  });
}
