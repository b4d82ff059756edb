import type { Context, Hono } from "hono";
import { type Caller, isRefusal, type RequestInfo } from "../contract/access.ts";
import { anthropicList, anthropicModel, openaiList, openaiModel } from "../models/list-body.ts";
import { expectedOf, sameToken } from "../safety/same-token.ts";
import { tokenOf } from "../safety/token-of.ts";
import { chatWire } from "../wires/chat-completions/chat-wire.ts";
import { messagesWire } from "../wires/messages/messages-wire.ts";
import { responsesWire } from "../wires/responses/responses-wire.ts";
import { counts, countTokens } from "./count-tokens.ts";
import { refusalResponse } from "./refusal-response.ts";
import { serveCall } from "./serve-call.ts";
import type { ServerParts } from "./server-parts.ts";

export interface Variables {
  Bindings: { readonly info: RequestInfo };
}

type App = Hono<Variables>;

/**
 * Programs are given an address with or without `/v1`, depending on their makers; clients made for
 * Groq add `/openai/v1` to one without.
 */
const prefixes = ["/v1", "", "/openai/v1"];

export function addCalls(app: App, parts: ServerParts): void {
  for (const prefix of prefixes) {
    for (const [path, wire] of [
      ["/chat/completions", chatWire],
      ["/responses", responsesWire],
      ["/messages", messagesWire],
    ] as const) {
      app.post(prefix + path, ({ req, env }) => serveCall(parts, wire, req.raw, env.info));
    }
    for (const [path, count] of counts) {
      app.post(prefix + path, ({ req, env }) => countTokens(parts, count, req.raw, env.info));
    }
  }
}

export function addLists(app: App, parts: ServerParts): void {
  const created = Math.floor(Date.now() / 1_000);
  for (const prefix of prefixes) {
    app.get(`${prefix}/models`, (context) =>
      forCaller(parts, context, async (caller) => {
        const models = await parts.models.list(caller);
        const toList = isAnthropic(context) ? anthropicList : openaiList;
        return Response.json(toList(models, created));
      }),
    );
    // Ids contain slashes.
    app.get(`${prefix}/models/:id{.+}`, (context) =>
      forCaller(parts, context, async (caller) => {
        const id = decodeURIComponent(context.req.param("id"));
        const route = await parts.models.resolve(id, caller);
        if ("status" in route) return refusalResponse(context.req.raw, route);
        const model = { id, provider: route.targets[0]?.provider ?? "" };
        const toModel = isAnthropic(context) ? anthropicModel : openaiModel;
        return Response.json(toModel(model, created));
      }),
    );
  }
}

export function addRest(app: App, parts: ServerParts): void {
  const { page } = parts.options;
  app.get("/health", () =>
    parts.gate.isClosed
      ? Response.json({ status: "closing" }, { status: 503 })
      : Response.json({ status: "ok" }),
  );
  addMetrics(app, parts);
  if (page !== undefined) {
    app.on("HEAD", "/", () => new Response(null));
    app.get("/", ({ req, env }) => page.fetch(req.raw, env.info));
    app.all("/acc/*", ({ req, env }) => page.fetch(req.raw, env.info));
  } else {
    app.get("/", () => new Response("acc server\n"));
  }
  app.notFound(({ req }) => refusalResponse(req.raw, noSuchPath));
  app.onError((_, { req }) => refusalResponse(req.raw, broken));
}

function addMetrics(app: App, parts: ServerParts): void {
  const { metricsToken } = parts.options;
  const expected = metricsToken === undefined ? undefined : expectedOf(metricsToken);
  const give = async () => {
    const headers = { "content-type": parts.metrics.contentType };
    return new Response(await parts.metrics.text(), { headers });
  };
  app.get("/metrics", (context) => {
    const token = tokenOf(context.req.raw.headers);
    if (expected && token !== undefined && sameToken(token, expected)) return give();
    return forCaller(parts, context, async ({ kind }) =>
      kind === "owner" ? give() : refusalResponse(context.req.raw, ownersOnly),
    );
  });
}

/** Answers any caller with a token. */
async function forCaller(
  { options }: ServerParts,
  { req, env }: Context<Variables>,
  give: (caller: Caller) => Promise<Response>,
): Promise<Response> {
  const caller = await options.access.identify(tokenOf(req.raw.headers), env.info);
  return isRefusal(caller) ? refusalResponse(req.raw, caller) : give(caller);
}

function isAnthropic({ req }: Context<Variables>): boolean {
  return req.raw.headers.has("anthropic-version");
}

const ownersOnly = {
  status: 403,
  code: "OWNER_ONLY",
  message: "Only the owner's token may read this.",
};
const noSuchPath = {
  status: 404,
  code: "NOT_FOUND",
  message:
    "There is nothing here. Ask /v1/chat/completions, /v1/responses or /v1/messages by POST, or /v1/models by GET.",
};
const broken = { status: 500, code: "SERVER_ERROR", message: "The server failed." };
