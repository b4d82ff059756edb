import type { Tape } from "./tape.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Yields the parts of a stored list. */
export async function* listParts(list: readonly unknown[]): AsyncGenerator<unknown> {
  yield* list;
}

/** Leaves for a reader that was garbage-collected before it started or ended. */
const forgotten = new FinalizationRegistry<() => void>((leave) => leave());

/**
 * Returns the parts of a tape, from the first one. It is not a generator, because a generator that
 * never started would not notice that its reader has left.
 */
export function tapeParts(
  tape: Tape,
  signal: AbortSignal | undefined,
  leave: () => void,
): AsyncIterableIterator<unknown> {
  let position = 0;
  let over = false;
  const token = {};
  const finish = (): IteratorReturnResult<undefined> => {
    if (!over) leave();
    over = true;
    forgotten.unregister(token);
    return { done: true, value: undefined };
  };
  const reader: AsyncIterableIterator<unknown> = {
    async next() {
      if (over) return finish();
      try {
        const step = await unlessAborted(signal, tape.at(position++));
        return step ? { done: false, value: step.part } : finish();
      } catch (error) {
        finish();
        throw error;
      }
    },
    async return() {
      return finish();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  forgotten.register(reader, leave, token);
  return reader;
}
