import { onAbort } from "./on-abort.ts";

/**
 * Returns a promise that settles like `promise`, or rejects with the signal's reason if the signal
 * is aborted first.
 */
export function unlessAborted<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    const stopListening = onAbort(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(stopListening);
  });
}
