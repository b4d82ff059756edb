import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A request as it came over the wire. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: RawRequest) => void | Promise<void>;

/** A server of one's own on loopback, for what the independent mock cannot play. */
export interface LoopbackServer {
  readonly url: string;
  /** What was received so far, oldest first. */
  readonly requests: RawRequest[];
  /** Changes the answer of the requests to come. */
  answer: Answer;
  close(): Promise<void>;
}

export async function startLoopbackServer(answer: Answer): Promise<LoopbackServer> {
  const requests: RawRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const { method = "", url: path = "", headers } = incoming;
    const request = { method, path, headers, body: (await buffer(incoming)).toString() };
    requests.push(request);
    await loopback.answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const loopback: LoopbackServer = {
    url: `http://127.0.0.1:${port}`,
    requests,
    answer,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return loopback;
}
