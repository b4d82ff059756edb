/** The functions to call when a signal is aborted. */
interface Waiting {
  readonly all: Set<() => void>;
  readonly listener: () => void;
}

/** By signal, for all caches. */
const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls a function when a signal is aborted, with one listener per signal: Node.js warns of a leak
 * if a signal has more than ten listeners, and many concurrent calls may share one signal.
 *
 * @returns A function that ends the wait; the listener is removed with the last one.
 */
export function onAbort(signal: AbortSignal, tell: () => void): () => void {
  const { all, listener } = waiting.get(signal) ?? listen(signal);
  all.add(tell);
  return () => {
    if (!all.delete(tell) || all.size > 0) return;
    signal.removeEventListener("abort", listener);
    waiting.delete(signal);
  };
}

function listen(signal: AbortSignal): Waiting {
  const all = new Set<() => void>();
  const listener = () => {
    for (const tell of all) tell();
  };
  signal.addEventListener("abort", listener, { once: true });
  const begun = { all, listener };
  waiting.set(signal, begun);
  return begun;
}
