import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import { type AtHandIterator, nextAtHand } from "./at-hand.ts";
import { Batches } from "./batches.ts";
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
 * open or breaks, in the middle of an event too. Events that came together are read together, where
 * their iterator tells so (`readServerSentEvents` does).
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
  /** What is thrown once the parts before it are given. */
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

  /** An event, and those behind it that have come. */
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
    // An iterator that still waits need not hear that it is left.
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

/** What comes behind the end: nothing of it is needed, so its loss is none. */
async function unlessSilent<Event>(
  coming: Promise<IteratorResult<Event>>,
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
