import type { Part } from "@acc/dual-mode";
import { type CanonicalRequest, defineProvider } from "@acc/dual-mode/provider";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createLocal } from "../../examples/custom-provider/src/index.ts";
import { startMockServer } from "../../scripts/mock-server.ts";
import { collect } from "./stage.ts";
import { versions } from "./versions.ts";

afterEach(() => vi.unstubAllEnvs());

/** A provider of somebody else's that plays these parts, and keeps what it was asked. */
function stranger(parts: readonly Part[]) {
  const asked: CanonicalRequest[] = [];
  const create = defineProvider({
    id: "stranger",
    defaultModel: "some",
    sdk: {
      credentials: ["none"],
      supports: ["multiTurn", "tools", "toolChoice", "parallelTools", "strictTools", "schema"],
      probe: async () => ({ available: true }),
      async *run(request) {
        asked.push(request);
        yield* parts;
      },
    },
  });
  const prices = () => 0.25;
  return { client: create({ cache: false, secrets: false, prices }), asked };
}

const answer: readonly Part[] = [
  { type: "start", model: "some-1" },
  { type: "reasoning", text: "Hm" },
  { type: "reasoning", text: "." },
  { type: "text", text: "As the " },
  { type: "source", source: { url: "https://a.example/", title: "A", text: "cited" } },
  { type: "source", source: { title: "A book" } },
  { type: "text", text: "book says." },
  { type: "limits", limits: { requests: { remaining: 3 } } },
  {
    type: "usage",
    usage: { inputTokens: 10, cacheWriteTokens: 2, outputTokens: 9, reasoningTokens: 4 },
  },
  { type: "finish", reason: "stop", vendorReason: "the_end" },
];
const prompt = "Hi";
const shape = { type: "object", properties: {} } as const;

describe.each(versions)("a provider of a stranger's with $name", ({ name, ai, createAcc }) => {
  it("gives all that it told", async () => {
    const { client } = stranger(answer);
    const model = createAcc({ stranger: client })("stranger");
    const result = await ai.generateText({ model, prompt });
    expect(result.text).toBe("As the book says.");
    expect(result.reasoningText).toBe("Hm.");
    expect(result.sources).toMatchObject([
      { sourceType: "url", url: "https://a.example/", title: "A" },
      { sourceType: "document", title: "A book" },
    ]);
    expect(new Set(result.sources.map(({ id }) => id)).size).toBe(2);
    expect(result.response).toMatchObject({
      modelId: "some-1",
      id: expect.stringMatching(/^acc-/),
    });
    expect(result.providerMetadata?.acc).toMatchObject({
      provider: "stranger",
      cost: { amount: 0.25, source: "prices" },
      limits: { requests: { remaining: 3 } },
      attempts: [{ credential: "none" }],
    });
    expect(result.usage).toMatchObject({ inputTokens: 12, outputTokens: 9, totalTokens: 21 });
    if (name !== "ai 5") expect(result.rawFinishReason).toBe("the_end");
    const { outputTokenDetails: details } = result.usage;
    if (name !== "ai 5") expect(details).toEqual({ textTokens: 5, reasoningTokens: 4 });
  });

  it("streams all that it told", async () => {
    const { client } = stranger(answer);
    const model = createAcc({ stranger: client })("stranger");
    const result = ai.streamText({ model, prompt });
    const parts = await collect(result.fullStream);
    const types = parts.map(({ type }) => type).filter((type) => !/^(start|finish)/.test(type));
    expect(types).toEqual([
      "reasoning-start",
      "reasoning-delta",
      "reasoning-delta",
      "reasoning-end",
      "text-start",
      "text-delta",
      "source",
      "source",
      "text-delta",
      "text-end",
    ]);
    expect((await result.providerMetadata)?.acc).toMatchObject({
      cost: { amount: 0.25 },
      limits: { requests: { remaining: 3 } },
    });
  });

  it.each([
    ["auto", undefined],
    ["none", "none"],
    ["required", "required"],
    [{ type: "tool", toolName: "look" } as const, { tool: "look" }],
  ])("is asked for tools as the app chooses: %j", async (toolChoice, wanted) => {
    const call = { type: "tool-call", id: "1", name: "look", input: {} } as const;
    const { client, asked } = stranger([
      { type: "start", model: "some-1" },
      toolChoice === "none" ? { type: "text", text: "No." } : call,
      { type: "finish", reason: toolChoice === "none" ? "stop" : "tool-calls" },
    ]);
    const model = createAcc({ stranger: client })("stranger");
    const look = ai.tool({
      description: "Looks",
      inputSchema: ai.jsonSchema(shape),
      inputExamples: [{ input: { at: "it" } }],
      strict: true,
    } as never);
    await ai.generateText({ model, prompt, tools: { look }, toolChoice: toolChoice as "auto" });
    const [request] = asked;
    expect(request?.toolChoice).toEqual(wanted);
    expect(request?.tools).toMatchObject([{ name: "look", inputSchema: shape }]);
    if (name === "ai 5") return;
    const [tool] = request?.tools ?? [];
    expect(tool).toMatchObject({
      strict: true,
      description: expect.stringMatching(/^Looks\n.*\n\{"at":"it"\}$/),
    });
  });

  it("is left no argument of a call that was never whole", async () => {
    const { client } = stranger([
      { type: "start", model: "some-1" },
      { type: "tool-input", id: "1", name: "look", text: '{"at' },
      { type: "text", text: "Cut." },
      { type: "finish", reason: "length" },
    ]);
    const model = createAcc({ stranger: client })("stranger");
    const { stream } = await model.doStream({
      prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
    });
    const types = (await collect(stream)).map(({ type }) => type);
    expect(types.filter((type) => /^tool/.test(type))).toEqual([
      "tool-input-start",
      "tool-input-delta",
      "tool-input-end",
    ]);
  });

  it("works as the example for authors makes it", async () => {
    const server = await startMockServer();
    vi.stubEnv("LOCAL_LLM_BASE_URL", `${server.url}/v1`);
    const local = createLocal({ cache: false, secrets: false, only: "sdk" });
    const model = createAcc({ local })("local/llama3.2");
    expect(await ai.streamText({ model, prompt }).text).toMatch(/^A decorator/);
    await server.close();
  });
});
