import { Hono } from "hono";
import type { Server, ServerOptions } from "../contract/server.ts";

/** A handler that gives programs of any language the clients, in the wires that they speak. */
export function createServer(_options: ServerOptions): Server {
  const app = new Hono();
  app.get("/health", (context) => context.json({ status: "ok" }));
  return {
    fetch: async (request) => app.fetch(request),
    close: async () => {},
  };
}
