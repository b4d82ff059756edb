import type { ReplyStream } from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";

/** A call's parts, read once: by a loop, or, where nobody loops, by whoever awaits the reply. */
export class CallStream implements ReplyStream {
  readonly #parts: AsyncGenerator<Part, Reply>;
  readonly #ended: Promise<Reply>;
  #settle!: { resolve: (reply: Reply) => void; reject: (error: unknown) => void };
  #read = false;

  constructor(parts: AsyncGenerator<Part, Reply>) {
    this.#parts = parts;
    this.#ended = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#ended.catch(() => {});
  }

  get reply(): PromiseLike<Reply> {
    // biome-ignore lint/suspicious/noThenProperty: a lazy promise, so that one nobody awaits rejects nowhere.
    return { then: (resolve, reject) => this.#whole().then(resolve, reject) };
  }

  [Symbol.asyncIterator](): AsyncIterator<Part> {
    if (this.#read) {
      throw new DualModeError("INVALID_REQUEST", "A stream can be read once.", {
        fix: "Await stream.reply for the whole answer.",
      });
    }
    this.#read = true;
    return { next: () => this.#next(), return: () => this.#leave() };
  }

  async #next(): Promise<IteratorResult<Part, undefined>> {
    try {
      const result = await this.#parts.next();
      if (!result.done) return result;
      this.#settle.resolve(result.value);
      return { done: true, value: undefined };
    } catch (error) {
      this.#settle.reject(error);
      throw error;
    }
  }

  async #leave(): Promise<IteratorResult<Part, undefined>> {
    this.#settle.reject(new DualModeError("ABORTED", "The stream was left before its end."));
    await this.#parts.return(undefined as never);
    return { done: true, value: undefined };
  }

  async #whole(): Promise<Reply> {
    if (!this.#read) {
      for await (const _ of this) {
        // Parts are folded by the call itself.
      }
    }
    return this.#ended;
  }
}
