import { Hono } from "hono";
import { getPath } from "hono/utils/url";
import type { RequestInfo } from "../contract/access.ts";
import type { Server, ServerOptions } from "../contract/server.ts";
import { Metrics } from "../metrics/metrics.ts";
import { Models } from "../models/models.ts";
import { checkHost } from "../safety/check-host.ts";
import { checkOrigin } from "../safety/check-origin.ts";
import { corsHeaders, preflight } from "../safety/cors.ts";
import { Gate } from "./gate.ts";
import { OutputBounds } from "./output-bounds.ts";
import { ReadCalls } from "./read-calls.ts";
import { refusalResponse } from "./refusal-response.ts";
import { addCalls, addLists, addRest, type Variables } from "./routes.ts";
import type { ServerParts } from "./server-parts.ts";

const defaultMaxCalls = 1_024;

/**
 * Makes a request handler that offers the clients to programs in any language, over the APIs of
 * OpenAI and Anthropic. It opens no port and closes no client.
 * @throws {@link DualModeError} `INVALID_REQUEST` for a setting of `models` that names no model
 */
export function createServer(options: ServerOptions): Server {
  const gate = new Gate(options.maxCalls ?? defaultMaxCalls);
  const parts: ServerParts = {
    options,
    models: new Models(options.clients, options.models),
    gate,
    bounds: new OutputBounds(),
    reader: new ReadCalls(),
    metrics: new Metrics(
      () => gate.size,
      () => options.access.away !== undefined,
    ),
  };
  const app = new Hono<Variables>({ getPath: pathOf });
  addCalls(app, parts);
  addLists(app, parts);
  addRest(app, parts);
  return {
    fetch: (request, info = {}) => answer(request, info),
    close: async ({ signal } = {}) => {
      await gate.close(signal);
      await options.page?.close?.();
      await options.access.close?.();
    },
  };

  async function answer(request: Request, info: RequestInfo): Promise<Response> {
    const refusal = checkHost(request, options.hosts) ?? checkOrigin(request, options.origins);
    if (refusal !== undefined) return refusalResponse(request, refusal);
    if (request.headers.get("origin") === null) return await app.fetch(request, { info });
    if (request.method === "OPTIONS") return preflight(request);
    return withHeaders(await app.fetch(request, { info }), corsHeaders(request));
  }
}

/** Programs append their path to a base URL that ends in a slash, and so send two slashes. */
function pathOf(request: Request): string {
  const path = getPath(request);
  return path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
}

function withHeaders(response: Response, more: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(more)) response.headers.set(name, value);
  return response;
}
