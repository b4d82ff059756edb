import { describe, expect, it } from "vitest";
import { json } from "../../../test/played/listing-cases.ts";
import { testListingFailures } from "../../../test/played/listing-scene.ts";
import { dummyKey, runContext } from "../../../test/played/run-context.ts";
import { askedAstray } from "../../../test/played/sdk-scene.ts";
import { serve } from "../../../test/played/serve-answer.ts";
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
    const list = json(JSON.stringify({ models: [{ name: "models/a", ...chats }] }));
    const { headers, path } = await askedAstray("gemini", list, listModels);
    expect(headers).toMatchObject({ accept: "application/json", "x-goog-api-key": dummyKey });
    expect(path).not.toContain(dummyKey);
  });
});

testListingFailures("gemini", listModels, "aistudio.google.com");
