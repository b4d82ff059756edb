import { afterEach, describe, expect, it, vi } from "vitest";
import { json, listingFailures } from "../../../scripts/listing-cases.ts";
import {
  type Answer,
  type LoopbackServer,
  startLoopbackServer,
} from "../../../scripts/loopback-server.ts";
import { dummyKey, runContext } from "../../../scripts/run-context.ts";
import { listModels } from "../src/sdk/list-models.ts";

const servers: LoopbackServer[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(answer: Answer): Promise<LoopbackServer> {
  const server = await startLoopbackServer(answer);
  servers.push(server);
  return server;
}

const chats = { supportedGenerationMethods: ["generateContent", "countTokens"] };
const embeds = { supportedGenerationMethods: ["embedContent"] };

describe("the models", () => {
  it("are read to the last page, those alone that answer prompts", async () => {
    const first = [
      { name: "models/a", ...chats },
      { name: "models/embedding", ...embeds },
      { name: "models/old" },
    ];
    const last = [{ name: "models/b", ...chats }];
    const server = await serve((response, request) => {
      const body = request.path.includes("pageToken=next%2F1")
        ? { models: last, nextPageToken: "" }
        : { models: first, nextPageToken: "next/1" };
      return json(JSON.stringify(body))(response, request);
    });
    expect(await listModels(runContext(server.url))).toEqual(["a", "b"]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /v1beta/models?pageSize=1000",
      "GET /v1beta/models?pageSize=1000&pageToken=next%2F1",
    ]);
  });

  it("are asked for with the route's key, which is in no address", async () => {
    vi.stubEnv("GEMINI_API_KEY", "stray-key");
    vi.stubEnv("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:9");
    const server = await serve(json(JSON.stringify({ models: [{ name: "models/a", ...chats }] })));
    await listModels(runContext(server.url));
    const { headers, path } = server.requests[0] ?? {};
    expect(headers).toMatchObject({ accept: "application/json", "x-goog-api-key": dummyKey });
    expect(JSON.stringify([headers, path])).not.toContain("stray");
    expect(path).not.toContain(dummyKey);
  });
});

describe("a failure", () => {
  it.each(listingFailures("gemini"))("$name is $code", async ({ answer, code, ...rest }) => {
    const server = await serve(answer);
    const { status, retryAfter } = rest;
    await expect(listModels(runContext(server.url))).rejects.toMatchObject({
      code,
      ...(status !== undefined && { status }),
      ...(retryAfter !== undefined && { retryAfter }),
    });
    expect(server.requests).toHaveLength(1);
  });

  it("of the key says where to look", async () => {
    const refused = listingFailures("gemini").find(({ name }) => name === "bad key");
    const server = await serve(refused?.answer as Answer);
    await expect(listModels(runContext(server.url))).rejects.toMatchObject({
      fix: expect.stringContaining("aistudio.google.com"),
    });
  });

  it("comes before any request where there is no key", async () => {
    const credential = { kind: "none", source: "none" } as const;
    const asked = listModels(runContext("http://127.0.0.1:9", { credential }));
    await expect(asked).rejects.toMatchObject({ code: "MISSING_CREDENTIALS" });
  });
});

it("stops when it is told to", async () => {
  const server = await serve(() => {});
  const abort = new AbortController();
  const asked = listModels(runContext(server.url, { signal: abort.signal }));
  const ended = expect(asked).rejects.toBeDefined();
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  abort.abort(new Error("enough"));
  await ended;
});
