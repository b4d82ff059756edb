/** How a mode asks for something that arrives in one piece. */
export interface AskingOnce<T> {
  /** The call's signal. */
  readonly signal: AbortSignal;
  ask(): Promise<T>;
  /** Returns the error to throw for one that occurred. */
  failure(thrown: unknown): unknown;
}

/**
 * Returns the result of `ask`. If it fails, throws the signal's reason if the call was aborted, and
 * otherwise the error of `failure`.
 */
export async function askOnce<T>({ signal, ask, failure }: AskingOnce<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    signal.throwIfAborted();
    throw await failure(thrown);
  }
}
