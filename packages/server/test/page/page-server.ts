import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { CallRecord } from "../../src/contract/call-record.ts";
import { createPage, type OwnerPage } from "../../src/page/create-page.ts";
import type { KeyView, PageKeys, PageOptions } from "../../src/page/page-options.ts";

/** The owner's token, which is nobody else's. */
export const ownerToken = "owner-token-of-a-test";

export const ownerOnly: PageOptions["access"] = {
  identify: async (token) => {
    if (token === ownerToken) return { kind: "owner" };
    if (token === "key-of-a-test") return { kind: "key", id: "1", name: "ci", tenant: "ci" };
    return { status: 401, code: "INVALID_TOKEN", message: "Nobody sent that." };
  },
};

/** Keys in memory, as a store would have them. */
export function keysInMemory(): PageKeys {
  const kept = new Map<string, KeyView>();
  return {
    list: async () => [...kept.values()],
    add: async (ask) => {
      if (kept.has(ask.name)) {
        throw Object.assign(new Error(`There is a key ${ask.name}.`), { code: "KEY_EXISTS" });
      }
      kept.set(ask.name, { ...ask, id: `id-of-${ask.name}`, used: { calls: 3, usd: 0.5 } });
      return { token: `acc-token-of-${ask.name}` };
    },
    has: async (name) => kept.has(name),
    revoke: async (name) => kept.delete(name),
  };
}

/** A call that was answered, but for what is said otherwise. */
export function aCall(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    id: "call-1",
    at: Date.now(),
    wire: "chat",
    caller: "owner",
    asked: "fast",
    provider: "groq",
    model: "openai/gpt-oss-120b",
    mode: "sdk",
    cached: false,
    fallback: false,
    attempts: 1,
    ms: 240,
    usage: { inputTokens: 120, outputTokens: 48 },
    costUsd: 0.0021,
    status: 200,
    ...changes,
  };
}

export interface PageServer extends AsyncDisposable {
  readonly page: OwnerPage;
  readonly origin: string;
}

/** The page on loopback. */
export async function startPage(options: Partial<PageOptions> = {}): Promise<PageServer> {
  const page = createPage({ access: ownerOnly, ...options });
  const server = createAdaptorServer({
    fetch: (request, { incoming }) =>
      page.fetch(request, { remoteAddress: incoming.socket.remoteAddress ?? "" }),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    page,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      await page.close();
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
}
