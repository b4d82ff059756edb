import type { Call } from "./call.ts";
import type { Pieces } from "./stream-answer.ts";

/** What a body begins with: text that goes out at once, and the piece that is waited for. */
export interface BodyHead {
  readonly text: string;
  readonly next: Promise<string | undefined>;
}

/** The bytes of a streamed answer, read from the call as fast as they are taken. */
export class StreamBody {
  readonly #encoder = new TextEncoder();
  readonly #call: Call;
  readonly #pieces: Pieces;
  #next: Promise<string | undefined> | undefined;
  #head: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(call: Call, pieces: Pieces, { text, next }: BodyHead) {
    this.#call = call;
    this.#pieces = pieces;
    this.#head = text;
    this.#next = next;
    next.catch(() => {});
  }

  readable(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => this.#start(controller),
        pull: (controller) => this.#pull(controller),
        cancel: () => this.#cancel(),
      },
      { highWaterMark: 0 },
    );
  }

  #start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#timer = setInterval(() => {
      const isTaken = (controller.desiredSize ?? -1) >= 0;
      if (isTaken) controller.enqueue(this.#encoder.encode(this.#call.wire.keepAlive));
    }, this.#call.silence);
    this.#timer.unref();
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const text = this.#head !== "" ? this.#takeHead() : await this.#piece();
    if (text === undefined) {
      clearInterval(this.#timer);
      controller.close();
      return;
    }
    this.#timer?.refresh();
    controller.enqueue(this.#encoder.encode(text));
  }

  #takeHead(): string {
    const head = this.#head;
    this.#head = "";
    return head;
  }

  async #piece(): Promise<string | undefined> {
    try {
      const next = this.#next ?? this.#pieces.next();
      this.#next = undefined;
      return await next;
    } catch (error) {
      return this.#pieces.fail(error);
    }
  }

  async #cancel(): Promise<void> {
    clearInterval(this.#timer);
    await this.#pieces.leave();
  }
}
