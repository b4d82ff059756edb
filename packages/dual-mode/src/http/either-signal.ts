/** Aborted with the first of two. */
export interface EitherSignal {
  readonly signal: AbortSignal;
  /** Lets go of both, once nothing is to be aborted any more: one of them may outlive many requests. */
  release(): void;
}

/** What `AbortSignal.any` gives, for a third of its cost: that keeps its signals weakly, and looks after them. */
export function eitherSignal(one: AbortSignal, other: AbortSignal): EitherSignal {
  const controller = new AbortController();
  const release = () => {
    one.removeEventListener("abort", stop);
    other.removeEventListener("abort", stop);
  };
  const stop = () => {
    release();
    controller.abort((one.aborted ? one : other).reason);
  };
  if (one.aborted || other.aborted) stop();
  else {
    one.addEventListener("abort", stop, { once: true });
    other.addEventListener("abort", stop, { once: true });
  }
  return { signal: controller.signal, release };
}
