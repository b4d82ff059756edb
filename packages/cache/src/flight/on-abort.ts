/** Who waits for a signal's abort. */
interface Waiting {
  readonly all: Set<() => void>;
  readonly listener: () => void;
}

/** By signal, whatever the cache. */
const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Tells of a signal's abort, by one listener a signal: Node.js warns of a leak where a caller's signal
 * has more than ten, and many calls at once may well share one.
 *
 * @returns Ends the wait; with the last one the listener goes.
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
