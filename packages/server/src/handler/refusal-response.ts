import { randomUUID } from "node:crypto";
import type { Refusal } from "../contract/access.ts";
import { chatWire } from "../wires/chat-completions/chat-wire.ts";
import { messagesWire } from "../wires/messages/messages-wire.ts";
import type { Wire } from "../wires/wire.ts";
import { waitHeaders } from "./answer-headers.ts";
import { refusalFailure } from "./failure-of.ts";

/** What refuses a request that is no call, or not yet one, in the form that its sender reads. */
export function refusalResponse(request: Request, refusal: Refusal): Response {
  const wire = wireOf(request);
  const id = randomUUID();
  const body = JSON.stringify(wire.failure(refusalFailure(refusal), id));
  const headers = {
    "content-type": "application/json",
    "x-request-id": id,
    ...wire.headers(id),
    ...waitHeaders(refusal.retryAfter),
  };
  return new Response(body, { status: refusal.status, headers });
}

/** Anthropic's clients say so by a header of their own, never by how they send the token. */
function wireOf({ headers }: Request): Wire {
  return headers.has("anthropic-version") ? messagesWire : chatWire;
}
