import type { Part } from "../contract/part.ts";
import { type AtHandIterator, nextAtHand } from "./at-hand.ts";

/** How a mode comes to an answer. */
export interface Asking {
  /** Asks; called once, when the first part is wanted. */
  ask(): AsyncIterable<Part> | Promise<AsyncIterable<Part>>;
  /** The call's: once it is aborted, its reason is thrown for whatever goes wrong. */
  readonly signal?: AbortSignal;
  /** What is thrown for what went wrong, in asking or in reading. @default what was thrown */
  failure?(thrown: unknown): unknown;
  /** The answer has ended, failed or been left; also where it was never asked for. */
  end?(): void;
}

/**
 * The parts of an answer that is yet to be asked for: what a mode's `run` gives. A generator would do
 * the same, but hands on by itself each of the parts that came together.
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
    // Left meanwhile: nobody reads it.
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
