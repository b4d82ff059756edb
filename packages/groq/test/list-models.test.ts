import { describe, expect, it } from "vitest";
import { json } from "../../../test/played/listing-cases.ts";
import { testListingFailures } from "../../../test/played/listing-scene.ts";
import { dummyKey, runContext } from "../../../test/played/run-context.ts";
import { askedAstray } from "../../../test/played/sdk-scene.ts";
import { serve } from "../../../test/played/serve-answer.ts";
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
    const { headers } = await askedAstray("groq", json(list), listModels);
    expect(headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${dummyKey}`,
    });
  });
});

testListingFailures("groq", listModels, "console.groq.com");
