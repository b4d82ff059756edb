import { randomUUID } from "node:crypto";
import type { Refusal } from "../contract/access.ts";
import { chatWire } from "../wires/chat-completions/chat-wire.ts";
import { messagesWire } from "../wires/messages/messages-wire.ts";
import type { Failure, Wire } from "../wires/wire.ts";
import { waitHeaders } from "./answer-headers.ts";
import { refusalFailure } from "./failure-of.ts";

/** Refuses a request that is not a call, or not yet one, in the form that its sender reads. */
export function refusalResponse(request: Request, refusal: Refusal): Response {
  return failureResponse(request, { ...refusalFailure(refusal), status: refusal.status });
}

/** The same for a failure, which may name a member of the body. */
export function failureResponse(request: Request, failure: FailureWithStatus): Response {
  const wire = wireOf(request);
  const id = randomUUID();
  const body = JSON.stringify(wire.failure(failure, id));
  const headers = {
    "content-type": "application/json",
    "x-request-id": id,
    ...wire.headers(id),
    ...waitHeaders(failure.retryAfter),
  };
  return new Response(body, { status: failure.status, headers });
}

type FailureWithStatus = Failure & { readonly status: number };

/**
 * Anthropic's clients identify themselves by a header of their own, never by how they send the
 * token.
 */
function wireOf({ headers }: Request): Wire {
  return headers.has("anthropic-version") ? messagesWire : chatWire;
}
