import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Server } from "@acc/server";
import { Failure } from "../failure.ts";
import { loadServer } from "./load-server.ts";
import type { AddressOptions } from "./serve-options.ts";

/** A server that accepts requests. */
export interface Listening {
  readonly port: number;
  /** Accepts no more connections, and closes those that are left after two seconds. */
  close(): Promise<void>;
}

const patience = 2_000;

/** Starts a server on a port of this machine. */
export async function listen(server: Server, address: AddressOptions): Promise<Listening> {
  const { createAdaptorServer, nodeFetch, nodeServerOptions } = await loadServer();
  const http = createAdaptorServer({
    fetch: nodeFetch(server),
    serverOptions: nodeServerOptions,
  }) as HttpServer;
  try {
    http.listen(address.port, address.host.replace(/^\[(.*)\]$/, "$1"));
    await once(http, "listening");
  } catch (cause) {
    throw notListening(address, cause as NodeJS.ErrnoException);
  }
  return { port: (http.address() as AddressInfo).port, close: () => end(http) };
}

async function end(http: HttpServer): Promise<void> {
  const closed = once(http, "close");
  http.close();
  const timer = setTimeout(() => http.closeAllConnections(), patience);
  await closed;
  clearTimeout(timer);
}

function notListening({ host, port }: AddressOptions, cause: NodeJS.ErrnoException): Failure {
  const place = `${host}:${port}`;
  if (cause.code === "EADDRINUSE") {
    const fix = "Name another by --port; 0 is any that is free.";
    return new Failure("PORT_IN_USE", `Another program has ${place}.`, fix, cause);
  }
  const message = `Nothing can listen at ${place}: ${cause.code}.`;
  return new Failure("CANNOT_LISTEN", message, "Name another by --port and --host.", cause);
}
