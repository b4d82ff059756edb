import { afterEach, describe, expect, it, vi } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { type CompatibleServer, createCompatible, deepSeek, mistral } from "../src/compatible.ts";
import { model, open } from "./compatible-scene.ts";
import { azure, locals } from "./every-preset.ts";

afterEach(() => vi.unstubAllEnvs());

describe("a request", () => {
  const call = { id: "call_of-another-vendor", name: "now", input: {} };
  const messages = [
    { role: "user", content: "What time is it?" },
    { role: "assistant", content: [{ type: "reasoning", text: "Hm." }], toolCalls: [call] },
    { role: "tool", toolCallId: call.id, content: "12:00" },
  ] as const;
  const tools = [{ name: "now", inputSchema: { type: "object" } }];

  async function sent(preset: CompatibleServer, more: object = {}) {
    const server = await serve(plays("groq", "Noon."));
    await using client = open(preset, server);
    expect((await client.chat({ messages, tools, ...more })).text).toBe("Noon.");
    const [request] = server.requests;
    return { headers: request?.headers, body: JSON.parse(request?.body ?? "{}") };
  }

  // nearai/ironclaw#1241, karthink/gptel#1203
  it("names calls to Mistral by nine letters and digits, and the result by the same", async () => {
    const { body } = await sent(mistral);
    const [, answer, result] = body.messages;
    expect(answer.tool_calls[0].id).toMatch(/^[a-z\d]{9}$/i);
    expect(result.tool_call_id).toBe(answer.tool_calls[0].id);
  });

  // posit-dev/chatlas#145, mistralai/platform-docs-public#7
  it("has no member that Mistral refuses", async () => {
    const { body } = await sent(mistral, { seed: 0 });
    expect(body).toMatchObject({ random_seed: 0 });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(["seed"]));
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(["stream_options"]));
  });

  // deepseek-ai/DeepSeek-V3#1053, continuedev/continue#10193
  it("gives DeepSeek back what was thought before a call", async () => {
    const { body } = await sent(deepSeek);
    expect(body.messages[1]).toMatchObject({ reasoning_content: "Hm." });
  });

  it("carries Azure's key in its header, and the bound by its name", async () => {
    const { headers, body } = await sent(azure, { maxOutputTokens: 9 });
    expect(headers).toMatchObject({ "api-key": "dummy-key" });
    expect(headers).not.toHaveProperty("authorization");
    expect(body).toMatchObject({ max_completion_tokens: 9 });
    expect(body).not.toHaveProperty("max_tokens");
  });

  it.each(locals)("needs no key of $id", async (preset) => {
    for (const name of preset.key?.env ?? []) vi.stubEnv(name, undefined);
    const server = await serve(plays("groq", "ok"));
    const options = { secrets: false, cache: false, model, baseUrl: server.url } as const;
    await using client = createCompatible(preset, options);
    const reply = await client.chat("Hello");
    expect(reply).toMatchObject({ text: "ok", fallback: false, warnings: [] });
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });
});
