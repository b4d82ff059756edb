import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { response } from "../data/responses.ts";

const ANSWER_MS = 300;
const BYTES = 2000;

/** A model on loopback that takes its time, and counts who asks. */
export interface Upstream extends AsyncDisposable {
  readonly url: string;
  readonly requests: number;
  /** When it gave its first answer, in ms since the epoch. */
  readonly answeredAt: number;
  reset(): void;
}

export async function startUpstream(): Promise<Upstream> {
  let requests = 0;
  let answeredAt = Number.POSITIVE_INFINITY;
  const body = JSON.stringify(response(1, BYTES));
  const server = createServer((request, reply) => {
    if (request.url?.endsWith("/warm")) return reply.end();
    requests++;
    setTimeout(() => {
      answeredAt = Math.min(answeredAt, performance.timeOrigin + performance.now());
      reply.end(body);
    }, ANSWER_MS);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    get answeredAt() {
      return answeredAt;
    },
    reset() {
      requests = 0;
      answeredAt = Number.POSITIVE_INFINITY;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
