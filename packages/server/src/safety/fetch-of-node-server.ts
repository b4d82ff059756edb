import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { RequestInfo } from "../contract/access.ts";
import type { Server } from "../contract/server.ts";

/** A request and its response in Node.js, as @hono/node-server passes them on. */
export interface NodeExchange {
  readonly incoming: IncomingMessage | Http2ServerRequest;
  readonly outgoing: ServerResponse | Http2ServerResponse;
}

/**
 * Makes what @hono/node-server takes as `fetch`. It tells the server where each request comes from
 * and when its client disconnects, so no request needs a signal, which would be held for as long as
 * the request waits.
 */
export function nodeFetch(
  server: Pick<Server, "fetch">,
): (request: Request, exchange: NodeExchange) => Promise<Response> {
  return (request, exchange) => server.fetch(request, infoOf(exchange));
}

function infoOf({ incoming, outgoing }: NodeExchange): RequestInfo {
  const { remoteAddress = "" } = incoming.socket;
  return { remoteAddress, whenLeft: (leave) => whenLeft(outgoing, leave) };
}

function whenLeft(outgoing: NodeExchange["outgoing"], leave: () => void): () => void {
  const close = () => {
    if (!outgoing.writableFinished) leave();
  };
  if (outgoing.closed) close();
  else outgoing.once("close", close);
  return () => {
    outgoing.off("close", close);
  };
}
