import { memoryStore, openCache } from "@acc/cache";
import { createClaude } from "@acc/claude";
import { createGroq } from "@acc/groq";
import { describe, expect, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { inTurn } from "./claude-answers.ts";
import { bodyOf, collect, sdkAt, serve } from "./stage.ts";
import { versions } from "./versions.ts";

describe.each(versions)("a call of $name", ({ ai, createAcc }) => {
  const { generateText, streamText } = ai;

  async function cached() {
    const server = await serve(
      inTurn(plays("claude", "first"), plays("claude", "second"), plays("claude", "third")),
    );
    const cache = openCache({ store: memoryStore() });
    const model = createAcc({ claude: createClaude({ ...sdkAt(server), cache }) })("claude");
    const ask = async (acc: Record<string, never | unknown> = {}) => {
      const providerOptions = { acc: acc as Record<string, string> };
      const { text, providerMetadata } = await generateText({
        model,
        prompt: "Hi",
        providerOptions,
      });
      return { text, cached: providerMetadata?.acc?.cached };
    };
    return { server, model, ask, cache };
  }

  it("is answered once, whether it streams or not", async () => {
    const { server, model, ask, cache } = await cached();
    expect(await ask()).toEqual({ text: "first", cached: false });
    const result = streamText({ model, prompt: "Hi" });
    expect((await collect(result.textStream)).join("")).toBe("first");
    expect((await result.providerMetadata)?.acc).toMatchObject({ cached: true, attempts: [] });
    expect(await ask()).toEqual({ text: "first", cached: true });
    expect(server.requests).toHaveLength(1);
    await cache.close();
  });

  it("says how the cache is asked, whose the answer is, and which of several", async () => {
    const { ask, cache } = await cached();
    expect(await ask()).toEqual({ text: "first", cached: false });
    expect(await ask({ cache: "refresh" })).toEqual({ text: "second", cached: false });
    expect(await ask({ tenant: "acme" })).toEqual({ text: "third", cached: false });
    expect(await ask({ sample: 1 })).toEqual({ text: "third", cached: false });
    expect(await ask({ user: "ann" })).toEqual({ text: "second", cached: true });
    await expect(ask({ cache: "only", sample: 2 })).rejects.toMatchObject({
      data: { code: "NOT_CACHED" },
    });
    await cache.close();
  });

  it("says which mode answers, and who may pay for it", async () => {
    const server = await serve(plays("groq", "ok"));
    const groq = createGroq({ ...sdkAt(server), prefer: "sdk" });
    const claude = createClaude({ ...sdkAt(server) });
    const acc = createAcc({ groq, claude });
    const { only: _, ...options } = sdkAt(server);
    const both = createAcc({ groq: createGroq(options) })("groq");
    const modeOf = async (acc: Record<string, string>) => {
      const asked = { model: both, prompt: "Hi", providerOptions: { acc } };
      return (await generateText(asked)).providerMetadata?.acc?.mode;
    };
    expect(await modeOf({ prefer: "cli" })).toBe("cli");
    expect(await modeOf({ only: "sdk" })).toBe("sdk");
    const error = await generateText({
      model: acc("claude"),
      prompt: "Hi",
      providerOptions: { acc: { billing: "login" } },
    }).catch((error) => error);
    expect(error.name).toBe("AI_LoadAPIKeyError");
    expect(error.message).toContain('billing: "login" allows no key');
  });

  it("carries members of a vendor's own, a level of thought, and what the prompt may be kept for", async () => {
    const server = await serve(plays("claude", "ok"));
    const model = createAcc({ claude: createClaude(sdkAt(server)) })("claude/claude-sonnet-5-5");
    const acc = {
      vendor: { claude: { service_tier: "auto" } },
      reasoning: "high",
      promptCache: "1h",
    };
    await generateText({ model, system: "Be brief.", prompt: "Hi", providerOptions: { acc } });
    expect(bodyOf(server)).toMatchObject({ service_tier: "auto" });
    expect(JSON.stringify(bodyOf(server))).toMatch(/"cache_control".*"1h"/);
    expect(JSON.stringify(bodyOf(server))).toMatch(/effort|thinking/);
  });

  it("is refused for an option that there is not, and for a wrong one, by its name", async () => {
    const { ask, server, cache } = await cached();
    const wrong = async (acc: object) => ask(acc as never).catch((error) => error);
    const unknown = await wrong({ preffer: "cli" });
    expect(ai.InvalidArgumentError.isInstance(unknown)).toBe(true);
    expect(unknown.message).toContain('providerOptions.acc has no member "preffer"');
    const wrongValue = await wrong({ prefer: "clu" });
    expect(ai.InvalidArgumentError.isInstance(wrongValue)).toBe(true);
    expect(wrongValue.message).toContain('prefer must be one of "cli", "sdk"');
    expect(server.requests).toHaveLength(0);
    await cache.close();
  });
});

const withLevel = versions.filter(({ name }) => name.startsWith("ai 7"));

describe.each(withLevel)(
  "the level of thought that $name has an option for",
  ({ ai, createAcc }) => {
    it("is carried", async () => {
      const server = await serve(plays("claude", "ok"));
      const model = createAcc({ claude: createClaude(sdkAt(server)) })("claude/claude-sonnet-5-5");
      await ai.generateText({ model, prompt: "Hi", reasoning: "high" });
      const asked = bodyOf(server);
      await ai.generateText({
        model,
        prompt: "Hi",
        providerOptions: { acc: { reasoning: "high" } },
      });
      expect(asked).toEqual(bodyOf(server));
      await ai.generateText({ model, prompt: "Hi", reasoning: "provider-default" });
      expect(asked).not.toEqual(bodyOf(server));
    });
  },
);
