import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { createFetch, type FetchOptions } from "../../src/http/create-fetch.ts";

export const key = "sk-way-out-0123456789abcdef";

export const headers = { authorization: `Bearer ${key}` };

export function ask(url: string, options: Partial<FetchOptions> = {}, signal = lasting) {
  const send = createFetch({ signal, alive: () => {} }, { headers, ...options });
  return send(`${url}/v1`, { method: "POST", body: "{}", headers: { "x-other": "stray" } });
}

export const lasting = new AbortController().signal;

/** Answers without end, as fast as it is read. */
export function endless(piece: string | Buffer, head: object = {}, status = 200): RequestListener {
  return (_, response) => {
    response.writeHead(status, { "content-type": "text/plain", ...head });
    const fill = () => {
      while (!response.destroyed && response.write(piece));
    };
    response.on("drain", fill);
    fill();
  };
}

export function fetchScene() {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  return { serve };
}
