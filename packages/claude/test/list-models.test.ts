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

const page = (names: readonly string[], has_more: boolean) =>
  JSON.stringify({ data: names.map((id) => ({ id })), has_more, last_id: names.at(-1) });

describe("the models", () => {
  it("are read to the last page, in the API's order", async () => {
    const server = await serve((response, request) =>
      json(request.path.includes("after_id=b") ? page(["c"], false) : page(["a", "b"], true))(
        response,
        request,
      ),
    );
    expect(await listModels(runContext(server.url))).toEqual(["a", "b", "c"]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /v1/models?limit=1000",
      "GET /v1/models?limit=1000&after_id=b",
    ]);
  });

  it("are asked for with the route's key, whatever the environment says", async () => {
    vi.stubEnv("ANTHROPIC_API_KEY", "stray-key");
    vi.stubEnv("ANTHROPIC_AUTH_TOKEN", "stray-token");
    vi.stubEnv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9");
    vi.stubEnv("ANTHROPIC_CUSTOM_HEADERS", "x-stray: yes");
    const server = await serve(json(page(["a"], false)));
    await listModels(runContext(server.url));
    const { headers } = server.requests[0] ?? {};
    expect(headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${dummyKey}`,
    });
    expect(JSON.stringify(headers)).not.toContain("stray");
  });
});

describe("a failure", () => {
  it.each(listingFailures("claude"))("$name is $code", async ({ answer, code, ...rest }) => {
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
    const refused = listingFailures("claude").find(({ name }) => name === "bad key");
    const server = await serve(refused?.answer as Answer);
    await expect(listModels(runContext(server.url))).rejects.toMatchObject({
      fix: expect.stringContaining("console.anthropic.com"),
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
