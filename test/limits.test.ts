import { createClaude } from "@acc/claude";
import { type Client, type ClientOptions, chain } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { afterEach, describe, expect, it } from "vitest";
import type { LoopbackServer } from "../scripts/loopback-server.ts";
import { startLimitedServer } from "./played/limited-server.ts";

const providers = {
  claude: createClaude,
  gemini: createGemini,
  groq: createGroq,
  openai: createOpenAI,
};
const calls = 100;
let servers: LoopbackServer[] = [];

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

/** A server of 20 calls a tenth of a second for each key. */
async function limited(headers: Readonly<Record<string, string>>): Promise<LoopbackServer> {
  const server = await startLimitedServer({ shape: "window", limit: 20, interval: 100, headers });
  servers.push(server);
  return server;
}

function open(name: keyof typeof providers, url: string, keys: number): Client {
  const options: ClientOptions = {
    apiKeys: Array.from({ length: keys }, (_, at) => `${url}-key-number-${at}`),
    baseUrl: url,
    only: "sdk",
    secrets: false,
    cache: false,
  };
  return providers[name](options);
}

/** How many were answered, so many at once. */
async function answered(client: Client, atOnce: number): Promise<number> {
  let [next, good] = [0, 0];
  const worker = async () => {
    while (next < calls) {
      next += 1;
      const { text } = await client.chat(`Say ${next}`);
      if (text === "ok") good += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  await client.close();
  return good;
}

const soon = { "retry-after-ms": "100" };

describe.each(["claude", "gemini", "groq", "openai"] as const)("under a limit, %s", (name) => {
  it.each([
    [1, 1],
    [64, 1],
    [256, 1],
    [64, 3],
  ])("loses no call, %i at once with keys: %i", async (atOnce, keys) => {
    const server = await limited(soon);
    expect(await answered(open(name, server.url, keys), atOnce)).toBe(calls);
  });

  it("loses none through a chain", async () => {
    const [first, second] = [await limited(soon), await limited(soon)];
    const one = chain([open(name, first.url, 1), open("groq", second.url, 1)]);
    expect(await answered(one, 64)).toBe(calls);
  });
});

it("a wait that the vendor does not name is found, and no call is lost", async () => {
  const server = await limited({});
  expect(await answered(open("groq", server.url, 1), 64)).toBe(calls);
});
