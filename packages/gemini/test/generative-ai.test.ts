import { expect, onTestFinished, test } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { createGemini } from "../src/index.ts";

function gemini(baseUrl: string) {
  const client = createGemini({
    sdk: "generative-ai",
    apiKey: "dummy-key-of-a-test",
    baseUrl,
    secrets: false,
    cache: false,
    retry: 0,
    only: "sdk",
  });
  onTestFinished(() => client.close());
  return client;
}

test.each(["https://gateway.example/gemini", "http://127.0.0.1.gateway.example"])(
  "a base URL of one's own (%s) is refused by name",
  async (baseUrl) => {
    await expect(gemini(baseUrl).chat("x")).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringContaining('sdk: "generative-ai"'),
      fix: expect.stringContaining("baseUrl"),
    });
  },
);

// smithers#800, tldw_chatbook#1925: headers with a key survive a redirect.
test("a redirect is not followed: neither key nor prompt goes along", async () => {
  const elsewhere = await serve(plays("gemini", "hi"));
  const server = await serve((response) => {
    response.writeHead(307, { location: `${elsewhere.url}/v1beta/models/x:y` }).end();
  });
  await expect(gemini(server.url).chat("x")).rejects.toMatchObject({
    attempts: [{ code: "WRONG_ADDRESS", reason: expect.stringContaining("307") }],
  });
  expect(server.requests).toHaveLength(1);
  expect(elsewhere.requests).toEqual([]);
});

test("the program's own fetch is as it was, while a call is under way and after it", async () => {
  const own = globalThis.fetch;
  const server = await serve(plays("gemini", "hi"));
  const call = gemini(server.url).chat("x");
  let seen = 0;
  const watch = setInterval(() => {
    seen += 1;
    expect(globalThis.fetch).toBe(own);
  }, 0);
  expect((await call).text).toBe("hi");
  clearInterval(watch);
  expect(seen).toBeGreaterThan(0);
  expect(globalThis.fetch).toBe(own);
});

test("no headers go but ours", async () => {
  const server = await serve(plays("gemini", "hi"));
  await gemini(server.url).chat("x");
  expect(server.requests[0]?.headers).not.toHaveProperty("x-goog-api-client");
  expect(server.requests[0]?.headers).toMatchObject({ "x-goog-api-key": "dummy-key-of-a-test" });
});
