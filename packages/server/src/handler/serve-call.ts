import type { CallOptions, Feature } from "@acc/dual-mode";
import { isRefusal, type RequestInfo } from "../contract/access.ts";
import type { Route } from "../models/route.ts";
import { readBody } from "../safety/read-json-body.ts";
import { tokenOf } from "../safety/token-of.ts";
import type { Wire, WireCall } from "../wires/wire.ts";
import { Call } from "./call.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { failureOf, refusalFailure } from "./failure-of.ts";
import { requestOf } from "./request-of.ts";
import type { ServerParts } from "./server-parts.ts";
import { streamAnswer } from "./stream-answer.ts";

/**
 * Features that programs set in every request. A route that does not support one answers
 * nevertheless, and the header x-acc-warnings says so.
 */
const tuning: readonly Feature[] = [
  "temperature",
  "topP",
  "topK",
  "seed",
  "presencePenalty",
  "frequencyPenalty",
  "reasoning",
  "strictTools",
];

/** Serves one request of a wire, from its first byte to the headers of the answer. */
export async function serveCall(
  parts: ServerParts,
  wire: Wire,
  request: Request,
  info: RequestInfo,
): Promise<Response> {
  const refusal = parts.gate.refusal();
  const call = new Call(parts, wire, info);
  if (refusal !== undefined) return call.refuse(refusalFailure(refusal));
  call.follow(request);
  try {
    const route = await admit(parts, call, request);
    return "status" in route
      ? call.refuse(refusalFailure(route))
      : await answer(parts, call, route);
  } catch (error) {
    call.trace.fail(error);
    return call.refuse(failureOf(error, call.caller));
  }
}

/**
 * Identifies the caller, reads the call and finds its route, and refuses what the caller may not
 * use.
 */
async function admit(parts: ServerParts, call: Call, request: Request) {
  const { options, models } = parts;
  const caller = await options.access.identify(tokenOf(request.headers), call.info);
  if (isRefusal(caller)) return caller;
  call.caller = caller;
  const body = await readBody(request, options.maxBodyBytes);
  if (typeof body !== "string") return body;
  const asked = parts.reader.read(call.wire, body);
  if ("refusal" in asked) return asked.refusal;
  call.asked = asked;
  const route = await models.resolve(asked.model, caller);
  if ("status" in route) return route;
  if (caller.kind === "owner") return route;
  const { maxOutputTokens } = asked.request;
  const reservation = await options.access.reserve(caller, {
    models: route.targets,
    inputTokens: estimateTokens(asked.request),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  });
  if (isRefusal(reservation)) return reservation;
  call.reservation = reservation;
  return route;
}

/** Asks once more if the vendor refuses the output limit and says which one it accepts. */
async function answer({ bounds }: ServerParts, call: Call, route: Route): Promise<Response> {
  const { model, request } = call.asked as WireCall;
  const wanted = call.reservation?.maxOutputTokens ?? request.maxOutputTokens;
  const most = bounds.of(model, wanted);
  try {
    return await ask(call, route, most);
  } catch (error) {
    if (!bounds.learn(model, error, most)) throw error;
    return await ask(call, route, bounds.of(model, most));
  }
}

async function ask(call: Call, route: Route, bound: number | undefined): Promise<Response> {
  const asked = call.asked as WireCall;
  const request = requestOf(asked.request, route, bound);
  const options = optionsOf(call);
  if (asked.stream) {
    return streamAnswer(call, route.client.stream(request, options));
  }
  const reply = await route.client.chat(request, options);
  call.trace.take(reply);
  const body = JSON.stringify(asked.answer(reply, { id: call.id, created: call.created }));
  const headers = call.headers();
  headers["content-type"] = "application/json";
  call.end();
  return new Response(body, { headers });
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/**
 * A stream's headers are sent before its reply is there, and the cost of a key's call counts even
 * if the reader leaves: events report both. Everything else is in the reply.
 */
function optionsOf({ asked, caller, control, trace, reservation }: Call): CallOptions {
  const isBound = reservation?.maxOutputTokens !== undefined;
  const promptCache = asked?.promptCache;
  const lenient = isBound ? tuning : withBound;
  const options: Writable<CallOptions> = { signal: control.signal, lenient };
  if (promptCache !== undefined) options.promptCache = promptCache;
  // A key's calls have a tenant, so never a login and never another tenant's answers.
  if (caller?.kind === "key") options.tenant = caller.tenant;
  if (caller?.kind === "key" || asked?.stream) options.onEvent = trace.hear;
  return options;
}

const withBound: readonly Feature[] = [...tuning, "maxOutputTokens"];
