import { memoryStore, openCache } from "@acc/cache";
import { createGroq } from "@acc/groq";
import { createAccess, createServer, nodeFetch, nodeServerOptions } from "@acc/server";
import { serve } from "@hono/node-server";
import { key } from "../harness/dummy-key.ts";
import { token } from "./token.ts";

/** `acc-process.ts UPSTREAM [cached]`: @acc/server as `acc serve` has it, in front of one vendor. */
const [, , baseUrl = "", cached] = process.argv;
const groq = createGroq({
  apiKey: key,
  baseUrl,
  only: "sdk",
  secrets: false,
  retry: 0,
  cache: cached === undefined ? false : openCache({ store: memoryStore() }),
});
const access = createAccess({ ownerToken: token });
const server = createServer({ clients: { groq }, access, maxCalls: 20_000 });
const options = {
  fetch: nodeFetch(server),
  hostname: "127.0.0.1",
  port: 0,
  serverOptions: nodeServerOptions,
};
serve(options, ({ port }) => {
  process.send?.(`http://127.0.0.1:${port}`);
});
process.once("disconnect", () => process.exit());
