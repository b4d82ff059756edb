import { describe, expect, it, vi } from "vitest";
import { json } from "../../../scripts/listing-cases.ts";
import { testListingFailures } from "../../../scripts/listing-scene.ts";
import { dummyKey, runContext } from "../../../scripts/run-context.ts";
import { serve } from "../../../scripts/serve-answer.ts";
import { listModels } from "../src/sdk/list-models.ts";

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

  it("are no list where it has no end", async () => {
    let page = 0;
    const server = await serve((response, request) => {
      page += 1;
      const body = { models: [{ name: "models/a", ...chats }], nextPageToken: `page ${page}` };
      return json(JSON.stringify(body))(response, request);
    });
    await expect(listModels(runContext(server.url))).rejects.toMatchObject({
      code: "OUTPUT_TOO_LARGE",
    });
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

testListingFailures("gemini", listModels, "aistudio.google.com");
