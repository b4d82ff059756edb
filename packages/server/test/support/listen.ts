import { once } from "node:events";
import type { Server as NodeServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Server } from "../../src/contract/server.ts";
import { nodeFetch } from "../../src/safety/fetch-of-node-server.ts";
import { nodeServerOptions } from "../../src/safety/node-server-options.ts";

export interface Listening {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A handler on Node.js, as the docs say, on loopback. */
export async function listen(server: Server, more: object = {}, port = 0): Promise<Listening> {
  const serverOptions = { ...nodeServerOptions, ...more };
  const node = createAdaptorServer({
    fetch: nodeFetch(server),
    serverOptions,
  }) as NodeServer;
  node.listen(port, "127.0.0.1");
  await once(node, "listening");
  const { port: taken } = node.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    async close() {
      await server.close({ signal: AbortSignal.timeout(2_000) });
      node.closeAllConnections();
      await new Promise((resolve) => node.close(resolve));
    },
  };
}
