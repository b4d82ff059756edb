import { serve } from "@hono/node-server";
import { Hono } from "hono";

/** `hello-process.ts BODY`: a bare hono that answers with these bytes, the least that a server can do. */
const [, , body = ""] = process.argv;
const app = new Hono();
app.post("/v1/chat/completions", async (context) => {
  await context.req.json();
  return context.body(body, 200, { "content-type": "application/json" });
});
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
  process.send?.(`http://127.0.0.1:${port}`);
});
process.once("disconnect", () => process.exit());
