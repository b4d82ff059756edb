import { setImmediate } from "node:timers/promises";
import type { Call } from "./call.ts";
import type { Pieces } from "./pieces.ts";

/** UTF-16 units: beyond them a slow reader would hold more than it takes. */
const mostAtOnce = 32_768;

/** The beginning of a body: text that is sent at once, and the piece that is awaited. */
export interface BodyHead {
  readonly text: string;
  readonly next: Promise<string | undefined>;
}

/** The bytes of a streamed answer, read from the call as fast as the reader takes them. */
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
      const text = await next;
      return text === undefined ? undefined : await this.#withMore(text);
    } catch (error) {
      return this.#pieces.fail(error);
    }
  }

  /**
   * Sends pieces together that have arrived together, because each write costs more than a piece.
   */
  async #withMore(text: string): Promise<string> {
    const batch = { text, isOpen: true };
    void this.#gather(batch);
    await setImmediate();
    batch.isOpen = false;
    return batch.text;
  }

  /** A piece that does not arrive in time, the end and a failure are left to the next pull. */
  async #gather(batch: { text: string; isOpen: boolean }): Promise<void> {
    while (batch.isOpen && batch.text.length < mostAtOnce) {
      const next = this.#pieces.next();
      this.#next = next;
      const piece = await next.catch(() => undefined);
      if (!batch.isOpen || piece === undefined) return;
      this.#next = undefined;
      batch.text += piece;
    }
  }

  async #cancel(): Promise<void> {
    clearInterval(this.#timer);
    await this.#pieces.leave();
  }
}
