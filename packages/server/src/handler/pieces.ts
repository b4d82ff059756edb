import type { Part } from "@acc/dual-mode";
import type { WireEvents } from "../wires/wire.ts";
import type { Call } from "./call.ts";
import { failureOf } from "./failure-of.ts";

/** The pieces of a body, each with some text; the call is over at the end of the answer. */
export class Pieces {
  readonly #call: Call;
  readonly #parts: AsyncIterator<Part>;
  readonly #events: WireEvents;
  #isOver = false;

  constructor(call: Call, parts: AsyncIterator<Part>, events: WireEvents) {
    this.#call = call;
    this.#parts = parts;
    this.#events = events;
  }

  /** Undefined after the last one. Throws what the stream throws. */
  async next(): Promise<string | undefined> {
    if (this.#isOver) return undefined;
    for (;;) {
      const { done, value } = await this.#parts.next();
      if (done) break;
      this.#call.trace.see(value);
      const text = this.#events.part(value);
      if (text === "") continue;
      this.#call.first();
      return text;
    }
    this.#isOver = true;
    this.#call.end();
    return this.#events.end();
  }

  /** Reports a failure in mid-stream, and ends the call. */
  fail(error: unknown): string {
    const failure = failureOf(error, this.#call.caller);
    this.#isOver = true;
    this.#call.end(failure);
    return this.#events.fail(failure);
  }

  /** The reader has left. */
  async leave(): Promise<void> {
    this.#call.end({ code: "ABORTED", message: "The client left." });
    await this.#parts.return?.();
  }
}
