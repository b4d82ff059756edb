/** How a mode asks for something that comes whole. */
export interface AskingOnce<T> {
  /** The call's. */
  readonly signal: AbortSignal;
  ask(): Promise<T>;
  /** What is thrown for what went wrong. */
  failure(thrown: unknown): unknown;
}

/**
 * What `ask` gives. Where it fails, the abort's reason is thrown if the call was aborted, and else
 * what `failure` makes of what was thrown.
 */
export async function askOnce<T>({ signal, ask, failure }: AskingOnce<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    signal.throwIfAborted();
    throw await failure(thrown);
  }
}
