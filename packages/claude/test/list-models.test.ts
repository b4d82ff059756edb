import { describe, expect, it } from "vitest";
import { json } from "../../../test/played/listing-cases.ts";
import { testListingFailures } from "../../../test/played/listing-scene.ts";
import { dummyKey, runContext } from "../../../test/played/run-context.ts";
import { askedAstray } from "../../../test/played/sdk-scene.ts";
import { serve } from "../../../test/played/serve-answer.ts";
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
    const { headers } = await askedAstray("claude", json(page(["a"], false)), listModels);
    expect(headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${dummyKey}`,
    });
  });
});

testListingFailures("claude", listModels, "console.anthropic.com");
