import { createClaude } from "@acc/claude";
import type { ClientOptions } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { describe, expect, it } from "vitest";
import { plays, type Vendor } from "../../scripts/vendor-answers.ts";
import { claudePlays } from "./claude-answers.ts";
import { collect, sdkAt, serve } from "./stage.ts";
import { versions } from "./versions.ts";

const creates = {
  claude: createClaude,
  gemini: createGemini,
  groq: createGroq,
  openai: (options: ClientOptions) => createOpenAI({ ...options, api: "responses" }),
};
const vendors = Object.keys(creates) as Vendor[];

describe.each(versions)("$name", ({ ai, createAcc }) => {
  async function clientOf(vendor: Vendor, ...pieces: string[]) {
    const server = await serve(plays(vendor, ...pieces));
    return { server, acc: createAcc({ [vendor]: creates[vendor](sdkAt(server)) }) };
  }

  it.each(vendors)("has a text of %s", async (vendor) => {
    const { acc, server } = await clientOf(vendor, "Hello, ", "world.");
    const result = await ai.generateText({ model: acc(`${vendor}/some-model`), prompt: "Hi" });
    expect(result.text).toBe("Hello, world.");
    expect(result.finishReason).toBe("stop");
    expect(result.usage).toMatchObject({ inputTokens: 11, outputTokens: 7 });
    expect(result.response.modelId).not.toBe("");
    expect(result.response.timestamp).toBeInstanceOf(Date);
    expect(result.providerMetadata?.acc).toMatchObject({
      provider: vendor,
      mode: "sdk",
      cached: false,
      fallback: false,
      attempts: [{ provider: vendor, mode: "sdk", credential: "option", model: "some-model" }],
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each(vendors)("streams a text of %s as it comes", async (vendor) => {
    const { acc } = await clientOf(vendor, "Hello, ", "world.");
    const result = ai.streamText({ model: acc(vendor), prompt: "Hi" });
    const pieces = await collect(result.textStream);
    expect(pieces.join("")).toBe("Hello, world.");
    if (vendor !== "openai") expect(pieces).toEqual(["Hello, ", "world."]);
    expect(await result.finishReason).toBe("stop");
    expect(await result.usage).toMatchObject({ inputTokens: 11, outputTokens: 7 });
    expect((await result.providerMetadata)?.acc).toMatchObject({ provider: vendor, mode: "sdk" });
  });

  it("streams a thought, a text and a call in their order", async () => {
    const server = await serve(
      claudePlays(
        { thinking: "I wonder.", signature: "proof" },
        { text: "Let me look." },
        { tool: "weather", id: "toolu_1", input: { city: "Graz" } },
      ),
    );
    const acc = createAcc({ claude: createClaude(sdkAt(server)) });
    const { tool, jsonSchema, streamText } = ai;
    const result = streamText({
      model: acc("claude"),
      prompt: "What is the weather?",
      tools: { weather: tool({ inputSchema: jsonSchema({ type: "object" }) }) },
    });
    const parts = await collect(result.fullStream);
    const types = parts.map(({ type }) => type);
    const runs = types.filter((type, at) => type !== types[at - 1]);
    expect(runs).toEqual([
      "start",
      "start-step",
      "reasoning-start",
      "reasoning-delta",
      "reasoning-end",
      "text-start",
      "text-delta",
      "text-end",
      "tool-input-start",
      "tool-input-delta",
      "tool-input-end",
      "tool-call",
      "finish-step",
      "finish",
    ]);
    expect(types.filter((type) => type === "tool-input-delta").length).toBeGreaterThan(2);
    expect(await result.reasoningText).toBe("I wonder.");
    expect(await result.toolCalls).toMatchObject([
      { toolCallId: "toolu_1", toolName: "weather", input: { city: "Graz" } },
    ]);
    expect(await result.finishReason).toBe("tool-calls");
    expect((await result.response).id).toBe("msg_1");
  });
});
