import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CacheOptions, memoryStore, openCache, recordings } from "@acc/cache";
import { createClaude } from "@acc/claude";
import type { ClientOptions } from "@acc/dual-mode";
import { createGroq } from "@acc/groq";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { inTurn } from "./claude-answers.ts";
import { sdkAt, serve } from "./stage.ts";
import { versions } from "./versions.ts";

const numbered = () => inTurn(...[1, 2, 3, 4].map((at) => plays("claude", `answer ${at}`)));

type Asked = Readonly<Record<string, string | number | boolean>>;

describe.each(versions)("a question that $name asks again and again", ({ ai, createAcc }) => {
  const { generateText, streamText } = ai;

  async function opened(options: ClientOptions = {}, cacheOptions: Partial<CacheOptions> = {}) {
    const server = await serve(numbered());
    const cache = openCache({ store: memoryStore(), ...cacheOptions });
    onTestFinished(() => cache.close());
    const create = (more: ClientOptions) =>
      createClaude({ ...sdkAt(server), cache, ...options, ...more });
    const acc = createAcc({ claude: create({}), other: create({ tenant: "other" }) });
    const ask = async (own: Asked = {}, name = "claude", prompt = "What is safe?") => {
      const providerOptions = { acc: own };
      const asked = { model: acc(name), prompt, providerOptions, maxRetries: 0 };
      return (await generateText(asked)).text;
    };
    /** Once for the answer, once for the cache to have it, and once as what is known. */
    const known = async (own?: Asked) => {
      for (let time = 0; time < 3; time++) expect(await ask(own)).toBe("answer 1");
    };
    return { server, cache, acc, ask, known };
  }

  it("is hashed no more, and no more when it is streamed", async () => {
    const { cache, acc, ask, known } = await opened();
    await known();
    const key = vi.spyOn(cache, "key");
    expect(await ask()).toBe("answer 1");
    expect(await streamText({ model: acc("claude"), prompt: "What is safe?" }).text).toBe(
      "answer 1",
    );
    expect(key).not.toHaveBeenCalled();
    expect(await ask({}, "claude", "What is true?")).toBe("answer 2");
    expect(key).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Asked, string]>([
    ["by another tenant", { tenant: "two" }, "claude"],
    ["of a client of another tenant", {}, "other"],
    ["of another model", {}, "claude/claude-opus-4-1"],
    ["for another of several answers", { sample: 1 }, "claude"],
    ["for an answer that is new", { cache: "refresh" }, "claude"],
    ["without the cache", { cache: "off" }, "claude"],
  ])("has no other's answer %s", async (_, own, name) => {
    const { ask, known } = await opened();
    await known();
    expect(await ask(own, name)).toBe("answer 2");
  });

  it("has the new answer after a refresh", async () => {
    const { ask, known } = await opened();
    await known();
    expect(await ask({ cache: "refresh" })).toBe("answer 2");
    for (let time = 0; time < 3; time++) expect(await ask()).toBe("answer 2");
  });

  it("is asked anew once its answer is deleted, or its time is over", async () => {
    let now = Date.now();
    const { cache, acc, ask, known } = await opened({}, { ttl: 60_000, now: () => now });
    await known();
    const { providerMetadata } = await generateText({
      model: acc("claude"),
      prompt: "What is safe?",
    });
    await cache.delete(String(providerMetadata?.acc?.cid));
    for (let time = 0; time < 3; time++) expect(await ask()).toBe("answer 2");
    now += 61_000;
    expect(await ask()).toBe("answer 3");
  });

  it("is asked anew at another address", async () => {
    const { server, ask, known } = await opened({ baseUrl: undefined as never });
    vi.stubEnv("ANTHROPIC_BASE_URL", server.url);
    await known();
    vi.stubEnv("ANTHROPIC_BASE_URL", `${server.url}/elsewhere`);
    expect(await ask()).toBe("answer 2");
  });

  it("is played from recordings as long as they are there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "acc-asked-again-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const recorded = await opened({ cache: recordings({ folder, mode: "record" }) });
    await recorded.known();
    const { url: baseUrl, requests } = recorded.server;
    const played = await opened({ cache: recordings({ folder, mode: "replay" }), baseUrl });
    await played.known();
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    await expect(played.ask()).rejects.toMatchObject({ data: { code: "NOT_CACHED" } });
    expect(requests).toHaveLength(1);
  });

  it("is asked anew where the app refused the answer", async () => {
    const server = await serve(
      inTurn(plays("groq", '{"answer":1}'), plays("groq", '{"answer":2}')),
    );
    const cache = openCache({ store: memoryStore() });
    onTestFinished(() => cache.close());
    const acc = createAcc({ groq: createGroq({ ...sdkAt(server), cache }) });
    const asked = { model: acc("groq"), output: "no-schema", prompt: "What is safe?" } as const;
    const ask = () => ai.generateObject(asked);
    for (let time = 0; time < 3; time++) expect((await ask()).object).toEqual({ answer: 1 });
    expect(acc.refuse(await ask())).toBe(true);
    for (let time = 0; time < 3; time++) expect((await ask()).object).toEqual({ answer: 2 });
  });
});
