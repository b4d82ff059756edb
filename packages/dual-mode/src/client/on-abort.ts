/** The callbacks that wait for a signal's abort. */
interface Waiting {
  readonly all: Set<() => void>;
  readonly listener: () => void;
}

/** By signal, for all clients. */
const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls `tell` when a signal is aborted. Each signal has only one listener: Node.js warns of a leak
 * if a signal has more than ten, and many concurrent calls may share one signal.
 *
 * @returns Removes the callback; after the last one, the listener is removed.
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
