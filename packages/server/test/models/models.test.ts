import { DualModeError } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { cpuTime } from "../../../../test/cpu-time.ts";
import type { Caller } from "../../src/contract/access.ts";
import { Models } from "../../src/models/models.ts";
import { matches } from "../../src/models/pattern.ts";
import { fails, playedClient, says } from "../support/played-client.ts";

const owner: Caller = { kind: "owner" };
const key = (...models: string[]): Caller => ({
  kind: "key",
  id: "k",
  name: "k",
  tenant: "k",
  models,
});
const clients = () => ({
  one: playedClient(says("1")).client,
  two: playedClient(says("2")).client,
});
const settings = {
  fast: "two/model-2",
  best: ["one/model-1", "two/model-1"],
  "claude-*-haiku*": "one/model-2",
  "gpt-*": "two/*",
};
const targets = async (asked: string, caller: Caller = owner) => {
  const route = await new Models(clients(), settings).resolve(asked, caller);
  return "targets" in route ? route.targets : route.code;
};

describe("a name of a model means", () => {
  it.each([
    ["one/model-9", [{ provider: "one", model: "model-9" }]],
    ["one", [{ provider: "one" }]],
    ["fast", [{ provider: "two", model: "model-2" }]],
    [
      "best",
      [
        { provider: "one", model: "model-1" },
        { provider: "two", model: "model-1" },
      ],
    ],
    ["claude-3-5-haiku-latest", [{ provider: "one", model: "model-2" }]],
    ["gpt-5", [{ provider: "two", model: "gpt-5" }]],
    ["model-2", [{ provider: "one", model: "model-2" }]],
    ["two/org/model:free", [{ provider: "two", model: "org/model:free" }]],
    ["nobody-knows", "MODEL_NOT_FOUND"],
    ["three/model-1", "MODEL_NOT_FOUND"],
    ["one/", "MODEL_NOT_FOUND"],
    ["__proto__", "MODEL_NOT_FOUND"],
    ["constructor/x", "MODEL_NOT_FOUND"],
  ])("%s", async (asked, expected) => {
    expect(await targets(asked)).toEqual(expected);
  });

  it("what a vendor told of, where no package knew it", async () => {
    const { client } = playedClient(says("1"));
    const told = {
      ...client,
      listModels: async () => [
        {
          provider: "one",
          model: "model-1",
          known: ["model-1"],
          usable: { models: ["new-1"], mode: "sdk", credential: "option" } as const,
        },
      ],
    };
    const route = await new Models({ one: told }).resolve("new-1", owner);
    expect(route).toMatchObject({ targets: [{ provider: "one", model: "new-1" }] });
  });

  it("none, with those that there are", async () => {
    const refusal = await new Models(clients(), settings).resolve("x", owner);
    expect(refusal).toMatchObject({ status: 404, message: expect.stringContaining("fast, best") });
  });

  it("asks the models of a chain in turn, also of one provider", async () => {
    const failing = playedClient(fails(new DualModeError("OVERLOADED", "Busy.")));
    const models = new Models({ one: failing.client }, { both: ["one/a", "one/b"] });
    const route = await models.resolve("both", owner);
    if (!("client" in route)) throw new Error("no route");
    const asked = { messages: [{ role: "user", content: "hi" }] } as const;
    await expect(route.client.chat(asked)).rejects.toMatchObject({ code: "OVERLOADED" });
    expect(failing.asked.map(({ model }) => model)).toEqual(["a", "b"]);
  });
});

describe("a setting that names no model is refused at the start", () => {
  it.each([
    ["a provider that there is not", { fast: "three/x" }, "three/x"],
    ["no model", { fast: [] }, "fast"],
    ["a bare name", { fast: "model-1" }, "model-1"],
  ])("%s", (_, wrong, named) => {
    expect(() => new Models(clients(), wrong)).toThrow(
      expect.objectContaining({
        code: "INVALID_REQUEST",
        message: expect.stringContaining(named),
        fix: expect.stringContaining("one, two"),
      }),
    );
  });
});

describe("a key with models", () => {
  it.each([
    ["fast", ["fast"], true],
    ["fast", ["two/*"], true],
    ["best", ["one/*"], false],
    ["best", ["one/*", "two/*"], true],
    ["one/model-1", ["two/*"], false],
    ["one", ["one/*"], false],
    ["one", ["one"], true],
  ])("asks for %s by %j: %s", async (asked, patterns, isAllowed) => {
    const got = await targets(asked, key(...patterns));
    expect(got === "MODEL_NOT_ALLOWED").toBe(!isAllowed);
  });

  it("sees in the list what it may ask for", async () => {
    const models = new Models(clients(), settings);
    expect((await models.list(key("fast", "one/*"))).map(({ id }) => id)).toEqual([
      "fast",
      "one/model-1",
      "one/model-2",
    ]);
    expect((await models.list(owner)).map(({ id }) => id)).toEqual([
      "fast",
      "best",
      "one/model-1",
      "one/model-2",
      "two/model-1",
      "two/model-2",
    ]);
  });
});

describe("a pattern", () => {
  it.each([
    ["*", "", true],
    ["a*", "a", true],
    ["a*b", "ab", true],
    ["a*a", "a", false],
    ["*-haiku*", "x-haiku", true],
    ["a*b*c", "a-b-c", true],
    ["a*b*b", "ab", false],
    ["a.c", "abc", false],
  ])("%s fits %s: %s", (pattern, name, fits) => {
    expect(matches(pattern, name)).toBe(fits);
  });

  it("is matched in linear time", () => {
    const name = "a".repeat(200_000);
    const time = cpuTime(() => expect(matches(`${"*a".repeat(50)}*b`, name)).toBe(false));
    expect(time).toBeLessThan(1_000);
  });
});
