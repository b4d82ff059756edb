import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { Access } from "../../src/contract/access.ts";
import type { CallRecord, Server, ServerOptions } from "../../src/index.ts";
import { createServer } from "../../src/index.ts";

/** A server on a port of loopback, with what it told of its calls. */
export interface RunningServer {
  readonly url: string;
  readonly token: string;
  readonly server: Server;
  readonly calls: CallRecord[];
  close(): Promise<void>;
}

export const token = "owner-token-of-these-tests-0123456789";

/** Lets the owner in, and nobody else. */
const ownersAccess: Access = {
  identify: async (given) =>
    given === token
      ? { kind: "owner" }
      : { status: 401, code: "INVALID_TOKEN", message: "The token is not known." },
  reserve: async () => ({ settle: async () => {} }),
};

export async function runServer(
  options: Omit<ServerOptions, "access"> & { readonly access?: Access },
): Promise<RunningServer> {
  const calls: CallRecord[] = [];
  const server = createServer({
    access: ownersAccess,
    onCall: (call) => calls.push(call),
    ...options,
  });
  const fetch = (request: Request) => server.fetch(request, { remoteAddress: "127.0.0.1" });
  const node = serve({ fetch, port: 0, hostname: "127.0.0.1", overrideGlobalObjects: false });
  await new Promise((resolve) => node.once("listening", resolve));
  const { port } = node.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    server,
    calls,
    close: async () => {
      const ended = new Promise((resolve) => node.close(resolve));
      await server.close({ signal: AbortSignal.timeout(1_000) });
      if ("closeAllConnections" in node) node.closeAllConnections();
      await ended;
    },
  };
}
