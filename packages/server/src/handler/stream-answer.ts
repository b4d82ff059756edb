import type { Part, ReplyStream } from "@acc/dual-mode";
import type { WireCall, WireEvents } from "../wires/wire.ts";
import type { Call } from "./call.ts";
import { failureOf } from "./failure-of.ts";
import { StreamBody } from "./stream-body.ts";

/** A proxy that holds back or packs what passes would hold back the pieces of an answer. */
const flowing = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/**
 * The response to a streamed call. It waits for the first piece, so that a failure before it has a
 * status of its own, but no longer than what is held for silence.
 */
export async function streamAnswer(call: Call, stream: ReplyStream): Promise<Response> {
  const asked = call.asked as WireCall;
  const events = asked.events({ id: call.id, created: call.created });
  const pieces = new Pieces(call, stream[Symbol.asyncIterator](), events);
  const first = pieces.next();
  const isLate = await lateness(first, call.silence);
  if (!isLate && call.trace.cached) return wholeBody(call, await first, pieces);
  const head = { text: isLate ? call.wire.keepAlive : "", next: first };
  const body = new StreamBody(call, pieces, head);
  return new Response(body.readable(), { headers: { ...flowing, ...call.headers() } });
}

/** Whether the first piece lets itself be waited for; throws what comes instead of it. */
async function lateness(first: Promise<unknown>, silence: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<true>((resolve) => {
    timer = setTimeout(resolve, silence, true);
  });
  try {
    return await Promise.race([first.then(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the cache had is there at once: it goes out as one. */
async function wholeBody(call: Call, first: string | undefined, pieces: Pieces): Promise<Response> {
  let body = first ?? "";
  for (;;) {
    const piece = await pieces.next();
    if (piece === undefined) break;
    body += piece;
  }
  return new Response(body, { headers: { ...flowing, ...call.headers() } });
}

/** The pieces of a body, each of some text; at the end of the answer the call is over. */
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

  /** Undefined behind the last. Throws as the stream does. */
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

  /** What tells of a failure in mid-stream, and the end of the call. */
  fail(error: unknown): string {
    const failure = failureOf(error, this.#call.caller);
    this.#isOver = true;
    this.#call.end(failure);
    return this.#events.fail(failure);
  }

  /** The reader has gone. */
  async leave(): Promise<void> {
    this.#call.end({ code: "ABORTED", message: "The client left." });
    await this.#parts.return?.();
  }
}
