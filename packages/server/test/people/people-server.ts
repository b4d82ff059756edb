import type { Server as HttpServer } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { onTestFinished } from "vitest";
import type { AdminEvent } from "../../src/contract/audit.ts";
import type { People } from "../../src/contract/people.ts";
import type { Server } from "../../src/contract/server.ts";
import { createServer } from "../../src/handler/create-server.ts";
import { createPage, type OwnerPage } from "../../src/page/create-page.ts";
import { keysInMemory, ownerOnly } from "../page/page-server.ts";
import { listen } from "./listen.ts";

export interface PeopleServer {
  readonly origin: string;
  readonly page: OwnerPage;
  /** What has been written down. */
  readonly audited: readonly AdminEvent[];
}

/** A server that people use from elsewhere: no request comes from loopback, as it sees them. */
export async function startPeopleServer(
  peopleAt: (origin: string) => People | undefined | Promise<People | undefined>,
  { from = "203.0.113.7", isBroken = false } = {},
): Promise<PeopleServer> {
  let server: Server | undefined;
  const http = createAdaptorServer({
    fetch: async (request) => (await server?.fetch(request, { remoteAddress: from })) as Response,
  }) as HttpServer;
  const origin = await listen(http);
  onTestFinished(async () => {
    await page.close();
    http.closeAllConnections();
    http.close();
  });
  const audited: AdminEvent[] = [];
  const people = await peopleAt(origin);
  const page = createPage({
    access: ownerOnly,
    keys: keysInMemory(),
    url: origin,
    ...(people && { people }),
    audit: async (event) => {
      if (isBroken) throw new Error("The disk is full.");
      audited.push(event);
    },
  });
  server = createServer({
    clients: {},
    access: { identify: ownerOnly.identify, reserve: async () => ({ settle: async () => {} }) },
    page,
    onCall: page.record,
    hosts: ["acc.example.com"],
  });
  return { origin, page, audited };
}

/** A browser's cookies, by the host and port that set them; it follows nothing by itself. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(url);
    const mine = [...this.#cookies].filter(([key]) => key.startsWith(`${host} `));
    const cookie = mine.map(([key, value]) => `${key.slice(host.length + 1)}=${value}`).join("; ");
    const headers = { ...(init.headers as Record<string, string>), ...(cookie && { cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      const key = `${host} ${name}`;
      if (value === "" || /expires=Thu, 01 Jan 1970|max-age=0/i.test(set))
        this.#cookies.delete(key);
      else this.#cookies.set(key, value);
    }
    return response;
  }

  cookie(name: string): string | undefined {
    return [...this.#cookies].find(([key]) => key.includes(name))?.[1];
  }

  set(url: string, name: string, value: string): void {
    this.#cookies.set(`${new URL(url).host} ${name}`, value);
  }

  /** Opens a session by a code, or by nothing where a proxy signs who asks. */
  async enter(origin: string, body: object, headers: Record<string, string> = {}) {
    const response = await this.ask(`${origin}/acc/session`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { proof?: string; error?: { code: string } };
    return { response, proof: answer.proof ?? "", code: answer.error?.code };
  }
}
