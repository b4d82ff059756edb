import { type Caller, isRefusal, type Refusal, type RequestInfo } from "../contract/access.ts";
import { readJsonBody } from "../safety/read-json-body.ts";
import { tokenOf } from "../safety/token-of.ts";
import { readCount as readMessages } from "../wires/messages/read-messages.ts";
import { readCount as readResponses } from "../wires/responses/read-responses.ts";
import type { WireRequest } from "../wires/wire.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { failureOf } from "./failure-of.ts";
import { failureResponse, refusalResponse } from "./refusal-response.ts";
import type { ServerParts } from "./server-parts.ts";

/** How one wire reads a request whose tokens are to be counted, and writes the answer. */
interface Count {
  /** @throws {@link InvalidBody} */
  read(body: unknown): WireRequest;
  answer(tokens: number): object;
}

/** By the path after the prefix. */
export const counts: readonly (readonly [path: string, count: Count])[] = [
  [
    "/messages/count_tokens",
    { read: readMessages, answer: (tokens) => ({ input_tokens: tokens }) },
  ],
  [
    "/responses/input_tokens",
    {
      read: readResponses,
      answer: (tokens) => ({ object: "response.input_tokens", input_tokens: tokens }),
    },
  ],
];

/** Answers with an estimate: without one, Claude Code shortens its history more than necessary. */
export async function countTokens(
  parts: ServerParts,
  { read, answer }: Count,
  request: Request,
  info: RequestInfo,
): Promise<Response> {
  const { options } = parts;
  const closed = parts.gate.refusal();
  if (closed !== undefined) return refusalResponse(request, closed);
  const caller = await options.access.identify(tokenOf(request.headers), info);
  if (isRefusal(caller)) return refusalResponse(request, caller);
  const body = await readJsonBody(request, options.maxBodyBytes);
  if ("refusal" in body) return refusalResponse(request, body.refusal);
  const refusal = await refusalOf(parts, caller, body.value);
  if (refusal !== undefined) return refusalResponse(request, refusal);
  try {
    return Response.json(answer(estimateTokens(read(body.value))));
  } catch (error) {
    return failureResponse(request, { ...failureOf(error, caller), status: 400 });
  }
}

/** Applies the limits of a key to this request too: its models, and its requests per minute. */
async function refusalOf(
  { options, models }: ServerParts,
  caller: Caller,
  body: unknown,
): Promise<Refusal | undefined> {
  if (caller.kind === "owner") return undefined;
  const { model } = (body ?? {}) as { readonly model?: unknown };
  if (caller.models !== undefined && typeof model === "string") {
    const route = await models.resolve(model, caller);
    if ("status" in route) return route;
  }
  return options.access.count?.(caller);
}
