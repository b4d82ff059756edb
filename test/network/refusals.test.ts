import { createClaude } from "@acc/claude";
import type { Client, ClientOptions } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../scripts/loopback-server.ts";

let server: LoopbackServer;
let client: Client | undefined;

beforeEach(async () => {
  server = await startLoopbackServer((response) => void response.end());
});

afterEach(async () => {
  await client?.close();
  await server.close();
});

type Open = (options: ClientOptions) => Client;
const providers: readonly (readonly [string, Open])[] = [
  ["claude", createClaude],
  ["gemini", createGemini],
  ["groq", createGroq],
  ["openai", createOpenAI],
  ["openai, chat completions", (options) => createOpenAI({ ...options, api: "chat" })],
];

const page =
  "<!DOCTYPE html><html><head><title>Access Denied</title></head><body>Blocked by policy</body></html>";

describe.each(providers)("%s", (_, open) => {
  function ask(options: ClientOptions = {}) {
    client = open({
      apiKey: "no-key-of-anybody",
      baseUrl: server.url,
      secrets: false,
      cache: false,
      only: "sdk",
      ...options,
    });
    return client.chat("Hello").catch((error: unknown) => error);
  }

  // tashfeenahmed/freellmapi#1298: no vendor answers with a page, so no key is to blame.
  it("a firewall's page is not taken for a refusal of the key", async () => {
    server.answer = (response) => {
      response.writeHead(403, { "content-type": "text/html" }).end(page);
    };
    const failure = await ask();
    expect(failure).toMatchObject({
      code: "NETWORK",
      status: 403,
      message: expect.stringContaining("Access Denied Blocked by policy"),
      fix: expect.stringContaining("firewall"),
      retryable: false,
    });
    expect(failure).not.toMatchObject({ fix: expect.stringContaining("Check the key") });
    expect(server.requests).toHaveLength(1);
  });

  // badlogic/pi-mono#6586
  it.each([500, 529, 429])("a %i that wants no retry is not asked again", async (status) => {
    server.answer = (response) => {
      const headers = { "content-type": "application/json", "x-should-retry": "false" };
      response.writeHead(status, headers).end('{"error":{"message":"Not now."}}');
    };
    expect(await ask()).toMatchObject({ status, retryable: false });
    expect(server.requests).toHaveLength(1);
  });

  it("a failure that says nothing of retries is asked again", async () => {
    server.answer = (response) => {
      response.writeHead(500, { "content-type": "application/json" }).end("{}");
    };
    expect(await ask()).toMatchObject({ status: 500, retryable: true });
    expect(server.requests).toHaveLength(3);
  });

  // octos-org/octos#13
  it("an error that a stream tells in plain words keeps them, without a key", async () => {
    server.answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end("event: error\ndata: upstream went away, asked with no-key-of-anybody\n\n");
    };
    const failure = await ask({ retry: 0 });
    expect(failure).toMatchObject({
      code: "SERVER_ERROR",
      message: expect.stringContaining("upstream went away"),
    });
    expect(JSON.stringify(failure)).not.toContain("no-key-of-anybody");
  });

  it("a 200 whose body is words alone keeps them, without a key", async () => {
    server.answer = (response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      response.end("Blocked by policy for no-key-of-anybody\n");
    };
    const failure = await ask({ retry: 0 });
    expect(failure).toMatchObject({
      code: "INVALID_OUTPUT",
      message: expect.stringContaining("Blocked by policy"),
      fix: expect.stringContaining("firewall"),
    });
    expect(JSON.stringify(failure)).not.toContain("no-key-of-anybody");
  });
});
