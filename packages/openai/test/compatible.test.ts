import { testProvider } from "@acc/dual-mode/testing";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { type CompatibleServer, createCompatible, vllm } from "../src/compatible.ts";
import { model } from "./compatible-scene.ts";
import { locals, presets } from "./every-preset.ts";

afterEach(() => vi.unstubAllEnvs());

describe.each(presets)("$id", (preset) => {
  const { baseUrl } = preset;
  testProvider(test, (options) => createCompatible(preset, options), {
    sdk: {},
    options: { model },
  });

  it("is at the address that its documentation has", () => {
    expect(new URL(baseUrl).protocol).toBe(locals.includes(preset) ? "http:" : "https:");
    expect(baseUrl).toMatch(/\/v1$/);
  });
});

it("wants a model to be named where the server has none by default", () => {
  expect(() => createCompatible(vllm)).toThrow(
    expect.objectContaining({ code: "INVALID_REQUEST", fix: expect.stringMatching(/model/) }),
  );
});

it("takes a server of one's own", async () => {
  const server = await serve(plays("groq", "Mine."));
  await using client = createCompatible(
    { id: "mine", baseUrl: server.url },
    { model, cache: false },
  );
  expect(await client.chat("Hello")).toMatchObject({ text: "Mine.", provider: "mine" });
});

describe("a server of one's own", () => {
  it("gets its headers with a call and with a list of models, and the key in the header named", async () => {
    const server = await serve(plays("groq", "yes"));
    const { url } = server;
    const headers = { "x-team": "blue", "X-Key": "not-the-key" };
    const key = { name: "work_key", env: ["WORK_KEY"], required: true };
    for (const keyHeader of [undefined, "X-Key"]) {
      const own: CompatibleServer = {
        ...{ id: "own", baseUrl: url, headers, key },
        ...(keyHeader && { keyHeader }),
      };
      const client = createCompatible(own, { model, apiKey: "dummy-key", cache: false, retry: 0 });
      await client.chat("hi");
      await client.listModels();
      await client.close();
    }
    const sent = server.requests.map(({ headers: had }) => [
      had["x-team"],
      had["x-key"],
      had.authorization,
    ]);
    const bearer = ["blue", "not-the-key", "Bearer dummy-key"];
    const named = ["blue", "dummy-key", undefined];
    expect(sent).toEqual([bearer, bearer, named, named]);
  });

  it("has its key in the store by the name that it gives", async () => {
    const key = { name: "work_key", env: ["WORK_KEY"], required: true };
    const client = createCompatible(
      { id: "own", baseUrl: "http://127.0.0.1:9/v1", key },
      { model },
    );
    expect((await client.status())[0]?.credential).toEqual({ name: "work_key", env: ["WORK_KEY"] });
    await client.close();
  });
});
