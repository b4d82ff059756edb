import { isRefusal, type RequestInfo } from "../contract/access.ts";
import { readJsonBody } from "../safety/read-json-body.ts";
import { tokenOf } from "../safety/token-of.ts";
import { readCount } from "../wires/messages/read-messages.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { failureOf } from "./failure-of.ts";
import { refusalResponse } from "./refusal-response.ts";
import type { ServerParts } from "./server-parts.ts";

/** An estimate: without any, Claude Code makes its history shorter than it need be. */
export async function countTokens(
  { options }: ServerParts,
  request: Request,
  info: RequestInfo,
): Promise<Response> {
  const caller = await options.access.identify(tokenOf(request.headers), info);
  if (isRefusal(caller)) return refusalResponse(request, caller);
  const body = await readJsonBody(request, options.maxBodyBytes);
  if ("refusal" in body) return refusalResponse(request, body.refusal);
  try {
    return Response.json({ input_tokens: estimateTokens(readCount(body.value)) });
  } catch (error) {
    return refusalResponse(request, { status: 400, ...failureOf(error, caller) });
  }
}
