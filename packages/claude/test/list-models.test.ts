import { describe, expect, it, vi } from "vitest";
import { json } from "../../../scripts/listing-cases.ts";
import { testListingFailures } from "../../../scripts/listing-scene.ts";
import { dummyKey, runContext } from "../../../scripts/run-context.ts";
import { serve } from "../../../scripts/serve-answer.ts";
import { listModels } from "../src/sdk/list-models.ts";

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

  it("are no list where it has no end", async () => {
    let last = 0;
    const server = await serve((response, request) => {
      last += 1;
      return json(page([`model-${last}`], true))(response, request);
    });
    await expect(listModels(runContext(server.url))).rejects.toMatchObject({
      code: "OUTPUT_TOO_LARGE",
    });
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

testListingFailures("claude", listModels, "console.anthropic.com");
