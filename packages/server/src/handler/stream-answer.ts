import type { ReplyStream } from "@acc/dual-mode";
import type { WireCall } from "../wires/wire.ts";
import type { Call } from "./call.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { Pieces } from "./pieces.ts";
import { StreamBody } from "./stream-body.ts";

/**
 * Makes the response to a streamed call. It waits for the first piece, so that a failure before it
 * has its own status, but no longer than the stream may be silent.
 */
export async function streamAnswer(call: Call, stream: ReplyStream): Promise<Response> {
  const asked = call.asked as WireCall;
  const inputTokens = () => estimateTokens(asked.request);
  const events = asked.events({ id: call.id, created: call.created, inputTokens });
  const pieces = new Pieces(call, stream[Symbol.asyncIterator](), events);
  const first = pieces.next();
  const isLate = await lateness(first, call.silence);
  if (!isLate && call.trace.cached) return wholeBody(call, await first, pieces);
  const head = { text: isLate ? call.wire.keepAlive : "", next: first };
  const body = new StreamBody(call, pieces, head);
  return new Response(body.readable(), { headers: flowing(call) });
}

/**
 * The headers keep proxies from buffering or compressing, which would delay the pieces of an
 * answer.
 */
function flowing(call: Call): Record<string, string> {
  const headers = call.headers();
  headers["content-type"] = "text/event-stream; charset=utf-8";
  headers["cache-control"] = "no-store, no-transform";
  headers["x-accel-buffering"] = "no";
  return headers;
}

/** Returns whether the first piece is late; throws if the call fails instead. */
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

/** Sends an answer from the cache as one piece, because all of it is available at once. */
async function wholeBody(call: Call, first: string | undefined, pieces: Pieces): Promise<Response> {
  let body = first ?? "";
  for (;;) {
    const piece = await pieces.next();
    if (piece === undefined) break;
    body += piece;
  }
  return new Response(body, { headers: flowing(call) });
}
