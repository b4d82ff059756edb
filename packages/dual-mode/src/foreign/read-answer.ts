import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import { Refused } from "./refused.ts";

/** Makes parts of the events of one answer. */
export interface AnswerReader<Event> {
  /**
   * Undefined until the answer has said its end; then the milliseconds for which more may still come: what
   * it counts, or the end of the stream, after which the connection serves the next call.
   */
  readonly patience: number | undefined;
  /** What an event gives; throws where it cannot be read, and {@link Refused} where it tells an error. */
  read(event: Event): Iterable<Part>;
  /** What is left to give at the end; throws where the answer did not come to its own. */
  end(): Iterable<Part>;
}

/**
 * The parts of one answer. One that has said its end is whole, also where its connection then stays
 * open or breaks, in the middle of an event too.
 */
export async function* readAnswer<Event extends object>(
  events: AsyncIterable<Event>,
  reader: AnswerReader<Event>,
): AsyncGenerator<Part> {
  const iterator = events[Symbol.asyncIterator]();
  let waiting = false;
  try {
    for (;;) {
      const { patience } = reader;
      const next = patience === undefined ? iterator.next() : lastWords(iterator, patience);
      const step = await next;
      waiting = step === "silent";
      if (step === "silent" || step.done) break;
      try {
        yield* reader.read(step.value);
      } catch (thrown) {
        if (patience === undefined || !isCut(step.value) || !isUnreadable(thrown)) throw thrown;
      }
    }
  } catch (thrown) {
    throw thrown instanceof Refused ? await thrown.error : thrown;
  } finally {
    const left = iterator.return?.();
    // An iterator that still waits need not hear that it is left.
    if (waiting) left?.catch(() => undefined);
    else await left;
  }
  yield* reader.end();
}

function isCut(event: object): boolean {
  return "cut" in event && event.cut === true;
}

function isUnreadable(thrown: unknown): boolean {
  return DualModeError.is(thrown) && thrown.code === "INVALID_OUTPUT";
}

/** What comes behind the end: nothing of it is needed, so its loss is none. */
async function lastWords<Event>(
  iterator: AsyncIterator<Event>,
  ms: number,
): Promise<IteratorResult<Event> | "silent"> {
  let timer: NodeJS.Timeout | undefined;
  let turn: NodeJS.Immediate | undefined;
  const silence = new Promise<"silent">((resolve) => {
    // What has come together with the end is there before, and a timer costs more than to read it.
    turn = setImmediate(() => {
      timer = setTimeout(resolve, ms, "silent");
    });
  });
  const next = iterator.next().catch((error: unknown): IteratorResult<Event> => {
    if (DualModeError.is(error) && error.code === "NETWORK")
      return { done: true, value: undefined };
    throw error;
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearImmediate(turn);
    clearTimeout(timer);
    next.catch(() => undefined);
  }
}
