import type { Part } from "../contract/part.ts";
import { type AtHandIterator, nextAtHand } from "./at-hand.ts";

/** How a mode asks for an answer. */
export interface Asking {
  /** Sends the request; called once, when the first part is wanted. */
  ask(): AsyncIterable<Part> | Promise<AsyncIterable<Part>>;
  /** The call's signal: once it is aborted, its reason is thrown instead of any other error. */
  readonly signal?: AbortSignal;
  /**
   * Returns the error to throw for one that occurred while asking or reading.
   *
   * @default the same error
   */
  failure?(thrown: unknown): unknown;
  /** Called when the answer has ended, failed or been left, even if it was never asked for. */
  end?(): void;
}

/**
 * Returns the parts of an answer that is still to be asked for, for a mode's `run`. A generator
 * would do the same, but would pass on parts that arrived together one at a time.
 */
export function askAnswer(asking: Asking): AtHandIterator<Part> {
  return new AskedParts(asking);
}

class AskedParts implements AtHandIterator<Part> {
  readonly #asking: Asking;
  #parts: AsyncIterator<Part> | undefined;
  #over = false;

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  atHand(): Part | undefined {
    return this.#parts && nextAtHand(this.#parts);
  }

  async next(): Promise<IteratorResult<Part, undefined>> {
    if (this.#over) return end;
    try {
      const parts = this.#parts ?? (await this.#ask());
      const step = await parts.next();
      if (!step.done) return step;
      this.#end();
      return end;
    } catch (thrown) {
      this.#end();
      this.#asking.signal?.throwIfAborted();
      throw await (this.#asking.failure?.(thrown) ?? thrown);
    }
  }

  async return(): Promise<IteratorResult<Part, undefined>> {
    this.#end();
    await this.#parts?.return?.();
    return end;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #ask(): Promise<AsyncIterator<Part>> {
    const asked = await this.#asking.ask();
    this.#parts = asked[Symbol.asyncIterator]();
    // The reader has left meanwhile.
    if (this.#over) await this.#parts.return?.();
    return this.#parts;
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#asking.end?.();
  }
}

const end = { done: true, value: undefined } as const;
