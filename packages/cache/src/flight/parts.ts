import type { Tape } from "./tape.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** A stored list, one part after the other. */
export async function* listParts(list: readonly unknown[]): AsyncGenerator<unknown> {
  yield* list;
}

/** Leaves for a reader that was thrown away before it had begun or ended. */
const forgotten = new FinalizationRegistry<() => void>((leave) => leave());

/**
 * The parts of a tape from its first one on. Not a generator: one that was never begun would not
 * notice that its reader left.
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
