import { describe, expect, it } from "vitest";
import { runTools } from "../../src/tools-loop/run-tools.ts";
import { says } from "../scripted-provider.ts";
import { ask, calls, partsOf, playing, resultsIn } from "./tools-scene.ts";

describe("what a tool gives", () => {
  const image = { type: "image", mediaType: "image/png", data: "iVBORw0KGgo=" } as const;
  const file = { type: "file", mediaType: "application/pdf", data: "JVBERg==" } as const;
  const loop: { self?: object } = {};
  loop.self = loop;

  it.each<[string, unknown, string | object]>([
    ["a text", "warm", "warm"],
    ["nothing", undefined, ""],
    ["null", null, "null"],
    ["a number", 0, "0"],
    ["an object", { a: [1] }, '{"a":[1]}'],
    ["a list that is no content", ["x"], '["x"]'],
    ["an empty list", [], "[]"],
    ["pieces", [{ type: "text", text: "see" }, image], [{ type: "text", text: "see" }, image]],
    ["a file", [file], [file]],
  ])("goes to the model: %s", async (_, given, content) => {
    const { client } = playing([calls(["a", "weather"]), says("ok")]);
    const parts = await partsOf(runTools(client, ask("?"), { tools: { weather: () => given } }));
    const result = parts.find(({ type }) => type === "tool-result");
    expect(result).toMatchObject({ content });
    expect(result).not.toHaveProperty("isError");
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "an error",
      () => {
        throw new Error("Bad.");
      },
      /^Bad\.$/,
    ],
    [
      "an error without words",
      () => {
        throw new RangeError();
      },
      /^RangeError$/,
    ],
    [
      "a text that is thrown",
      () => {
        throw "Bad.";
      },
      /^Bad\.$/,
    ],
    [
      "undefined that is thrown",
      () => {
        throw undefined;
      },
      /^The tool failed\.$/,
    ],
    ["a rejection", () => Promise.reject(new Error("Late.")), /^Late\.$/],
    ["what JSON cannot hold", () => loop, /circular/],
    ["a function", () => () => {}, /a function, which is not JSON/],
    ["a bigint", () => 1n, /BigInt/],
  ])("is told as an error: %s", async (_, weather, said) => {
    const { client } = playing([calls(["a", "weather"]), says("ok")]);
    const parts = await partsOf(runTools(client, ask("?"), { tools: { weather } }));
    expect(parts.find(({ type }) => type === "tool-result")).toMatchObject({
      isError: true,
      content: expect.stringMatching(said),
    });
    expect(parts.at(-1)).toMatchObject({ type: "step", step: 2, last: true });
  });

  it("holds no key of ours where it is an error", async () => {
    const { client, asked } = playing([calls(["a", "weather"]), says("ok")], {
      apiKey: "sk-canary-0123456789abcdef",
    });
    const tools = {
      weather: () => {
        throw new Error("401 for sk-canary-0123456789abcdef");
      },
    };
    await runTools(client, ask("?"), { tools }).reply;
    expect(JSON.stringify(asked[1])).not.toContain("canary");
  });

  // openai/openai-agents-python#3459, kagent-dev/kagent#2794: one wrong name ends the whole run.
  it.each(["wether", "constructor", "__proto__", "toString"])(
    "is an error that names the tools where there is no %s",
    async (name) => {
      const { client, asked } = playing([calls(["a", name]), says("ok")]);
      await runTools(client, ask("?"), { tools: { weather: () => "-4" } }).reply;
      expect(resultsIn(asked[1])).toMatchObject([
        { isError: true, content: [{ text: `There is no tool "${name}". There are: weather.` }] },
      ]);
    },
  );
});
