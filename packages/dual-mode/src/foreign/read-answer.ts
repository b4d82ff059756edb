import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import { type AtHandIterator, nextAtHand } from "./at-hand.ts";
import { Batches } from "./batches.ts";
import { Refused } from "./refused.ts";

/** Converts the events of one answer into parts. */
export interface AnswerReader<Event> {
  /**
   * Undefined until the answer has reported its end. Then the milliseconds for which more may still
   * arrive: the usage, or the end of the stream, after which the connection can serve the next
   * call.
   */
  readonly patience: number | undefined;
  /**
   * Returns the parts of an event. Throws if the event cannot be read, and {@link Refused} if it
   * reports an error.
   */
  read(event: Event): Iterable<Part>;
  /** Returns the remaining parts at the end. Throws if the answer is not complete. */
  end(): Iterable<Part>;
}

/**
 * Returns the parts of one answer. An answer that has reported its end is complete, even if its
 * connection then stays open or breaks, also in the middle of an event. Events that arrived
 * together are read together if their iterator shows which are there (that of
 * `readServerSentEvents` does).
 */
export function readAnswer<Event extends object>(
  events: AsyncIterable<Event>,
  reader: AnswerReader<Event>,
): AtHandIterator<Part> {
  return new AnswerParts(events[Symbol.asyncIterator](), reader);
}

class AnswerParts<Event extends object> extends Batches<Part> {
  readonly #events: AsyncIterator<Event>;
  readonly #reader: AnswerReader<Event>;
  #ended = false;
  /** The error to throw once the parts before it have been returned. */
  #failure: { readonly error: unknown } | undefined;

  constructor(events: AsyncIterator<Event>, reader: AnswerReader<Event>) {
    super();
    this.#events = events;
    this.#reader = reader;
  }

  protected async more(): Promise<readonly Part[] | undefined> {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#ended) return undefined;
    const parts: Part[] = [];
    try {
      const { patience } = this.#reader;
      const next = this.#events.next();
      const step = await (patience === undefined ? next : unlessSilent(next, patience));
      if (step === "silent" || step.done) await this.#end(step === "silent", parts);
      else this.#readOn(step.value, parts);
    } catch (thrown) {
      const error = thrown instanceof Refused ? await thrown.error : thrown;
      if (!this.#ended) await this.leave();
      if (parts.length === 0) throw error;
      this.#failure = { error };
    }
    return parts;
  }

  protected async leave(): Promise<void> {
    await this.#events.return?.();
  }

  /** Reads an event, and those after it that have already arrived. */
  #readOn(first: Event, parts: Part[]): void {
    for (let event: Event | undefined = first; event; event = nextAtHand(this.#events)) {
      const { patience } = this.#reader;
      try {
        for (const part of this.#reader.read(event)) parts.push(part);
      } catch (thrown) {
        if (patience === undefined || !isCut(event) || !isUnreadable(thrown)) throw thrown;
      }
    }
  }

  async #end(isWaiting: boolean, parts: Part[]): Promise<void> {
    this.#ended = true;
    const left = this.leave();
    // An iterator that still waits does not have to react to being left.
    if (isWaiting) left.catch(() => undefined);
    else await left;
    for (const part of this.#reader.end()) parts.push(part);
  }
}

function isCut(event: object): boolean {
  return "cut" in event && event.cut === true;
}

function isUnreadable(thrown: unknown): boolean {
  return DualModeError.is(thrown) && thrown.code === "INVALID_OUTPUT";
}

/** Nothing after the end is needed, so a broken connection is no failure. */
async function unlessSilent<Event>(
  coming: Promise<IteratorResult<Event>>,
  ms: number,
): Promise<IteratorResult<Event> | "silent"> {
  let timer: NodeJS.Timeout | undefined;
  let turn: NodeJS.Immediate | undefined;
  const silence = new Promise<"silent">((resolve) => {
    // Data that arrived together with the end is read first, which costs less than a timer.
    turn = setImmediate(() => {
      timer = setTimeout(resolve, ms, "silent");
    });
  });
  const next = coming.catch((error: unknown): IteratorResult<Event> => {
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
