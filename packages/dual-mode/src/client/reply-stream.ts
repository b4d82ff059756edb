import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";

/**
 * A call's parts, which can be read once: by a loop, or by awaiting the reply if there is no loop.
 */
export class CallStream<P = Part, R = Reply> implements AsyncIterable<P> {
  readonly #control = new AbortController();
  readonly #parts: AsyncGenerator<P, R>;
  readonly #ended: Promise<R>;
  #settle!: { resolve: (reply: R) => void; reject: (error: unknown) => void };
  #stopped: Promise<unknown> | undefined;
  #read = false;

  /** `start` makes the call; aborting the controller ends it, even while nobody reads. */
  constructor(start: (control: AbortController) => AsyncGenerator<P, R>) {
    this.#parts = start(this.#control);
    this.#ended = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#ended.catch(() => {});
    this.#control.signal.addEventListener("abort", () => this.#stop(), { once: true });
  }

  get reply(): PromiseLike<R> {
    // biome-ignore lint/suspicious/noThenProperty: a lazy promise, so that one nobody awaits rejects nowhere.
    return { then: (resolve, reject) => this.#whole().then(resolve, reject) };
  }

  [Symbol.asyncIterator](): AsyncIterator<P> {
    if (this.#read) {
      throw new DualModeError("INVALID_REQUEST", "A stream can be read once.", {
        fix: "Await stream.reply for the complete answer.",
      });
    }
    this.#read = true;
    return { next: () => this.#next(), return: () => this.#leave() };
  }

  async #next(): Promise<IteratorResult<P, undefined>> {
    try {
      if (this.#stopped !== undefined) throw await this.#stopped;
      const result = await this.#parts.next();
      if (!result.done) return result;
      if (this.#control.signal.aborted && result.value === undefined) throw await this.#stopped;
      this.#settle.resolve(result.value);
      return { done: true, value: undefined };
    } catch (error) {
      this.#settle.reject(error);
      throw error;
    }
  }

  async #leave(): Promise<IteratorResult<P, undefined>> {
    this.#control.abort(new DualModeError("ABORTED", "The stream was left before its end."));
    this.#settle.reject(await this.#stopped);
    return { done: true, value: undefined };
  }

  /**
   * Ends a call, whether it is running or waiting for its reader, and stores the error with which
   * it ended.
   */
  #stop(): void {
    const { reason } = this.#control.signal;
    this.#stopped = this.#parts.throw(reason).then(
      () => reason,
      (error: unknown) => error,
    );
  }

  async #whole(): Promise<R> {
    if (!this.#read) {
      for await (const _ of this) {
        // The call itself folds the parts.
      }
    }
    return this.#ended;
  }
}
