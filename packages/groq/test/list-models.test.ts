import { describe, expect, it, vi } from "vitest";
import { json } from "../../../scripts/listing-cases.ts";
import { testListingFailures } from "../../../scripts/listing-scene.ts";
import { dummyKey, runContext } from "../../../scripts/run-context.ts";
import { serve } from "../../../scripts/serve-answer.ts";
import { listModels } from "../src/sdk/list-models.ts";

const list = JSON.stringify({ object: "list", data: [{ id: "b" }, { id: "a" }] });

describe("the models", () => {
  it("are told in the API's order", async () => {
    const server = await serve(json(list));
    expect(await listModels(runContext(server.url))).toEqual(["b", "a"]);
    const { method, path } = server.requests[0] ?? {};
    expect([method, path]).toEqual(["GET", "/openai/v1/models"]);
  });

  it("are asked for with the route's key, whatever the environment says", async () => {
    vi.stubEnv("GROQ_API_KEY", "stray-key");
    vi.stubEnv("GROQ_BASE_URL", "http://127.0.0.1:9");
    vi.stubEnv("GROQ_CUSTOM_HEADERS", "x-stray: yes");
    const server = await serve(json(list));
    await listModels(runContext(server.url));
    const { headers } = server.requests[0] ?? {};
    expect(headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${dummyKey}`,
    });
    expect(JSON.stringify(headers)).not.toContain("stray");
  });
});

testListingFailures("groq", listModels, "console.groq.com");
