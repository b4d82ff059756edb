import type { ChatRequest } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { claudeEvent, plays, playsEvents } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { type Target, targets } from "./targets.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();
const jsonSchema = { type: "object", properties: { city: { type: "string" } } };
const schema = { jsonSchema, validate: (value: unknown) => value };
const messages = [{ role: "user", content: "Where?" }] as const;

describe.each(targets)("$name", (target) => {
  const posted = async (request: ChatRequest) => {
    const server = await scene.serve(plays(target.vendor, "ok"));
    await using client = scene.open(target, server.url);
    expect(await client.chat(request)).toMatchObject({ text: "ok", warnings: [] });
    return callsIn(server.requests)[0]?.body ?? "";
  };
  const refused = async (request: Partial<ChatRequest>) => {
    const server = await scene.serve(plays(target.vendor, "ok"));
    await using client = scene.open(target, server.url);
    const error = await scene.failure(client.chat({ messages, ...request }));
    expect(error).toMatchObject({ code: "UNSUPPORTED_FEATURE" });
    expect(server.requests).toEqual([]);
  };

  it("sends the system prompt and every turn", async () => {
    const body = await posted({
      system: "You-are-brief",
      messages: [
        { role: "user", content: "first-question" },
        { role: "assistant", content: "first-answer" },
        { role: "user", content: "second-question" },
      ],
    });
    const turns = ["first-question", "first-answer", "second-question"];
    const places = turns.map((said) => body.indexOf(said));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(body).toContain("You-are-brief");
  });

  const isClaude = target.vendor === "claude";
  const isCodex = target.vendor === "openai" && target.mode === "cli";
  const isResponses = target.vendor === "openai" && target.mode === "sdk";
  const bounds = !isCodex && (!isClaude || target.mode === "sdk");

  itWhere(isClaude || isCodex, "refuses a temperature", () => refused({ temperature: 0.2 }));
  itWhere(!bounds, "refuses a bound of the answer", () => refused({ maxOutputTokens: 77 }));
  itWhere(isResponses, "sends a bound of the answer", async () => {
    const body = await posted({ messages, maxOutputTokens: 77 });
    expect(body).toContain('"max_output_tokens":77');
  });
  itWhere(bounds && !isResponses, "sends a bound of the answer", async () => {
    const body = await posted({ messages, maxOutputTokens: 77, stop: ["END"] });
    expect(body).toMatch(/"(maxOutputTokens|max_completion_tokens|max_tokens)":77/);
    expect(body).toContain('["END"]');
  });
  itWhere(isResponses, "sends a temperature", async () => {
    // A model that does not think: the others take none.
    const body = await posted({ messages, model: "gpt-4.1", temperature: 0.25 });
    expect(body).toContain('"temperature":0.25');
  });
  itWhere(!isClaude && !isCodex && !isResponses, "sends a temperature and a seed", async () => {
    const body = await posted({ messages, temperature: 0.25, seed: 7 });
    expect(body).toContain('"temperature":0.25');
    expect(body).toContain('"seed":7');
  });

  it("answers to a schema", async () => {
    scene.tools = callsATool(target) ? ["StructuredOutput"] : [];
    const server = await scene.serve(structured(target));
    await using client = scene.open(target, server.url);
    const reply = await client.chat({ messages, schema });
    expect(reply).toMatchObject({ object: { city: "Graz" }, finishReason: "stop", toolCalls: [] });
    expect(callsIn(server.requests)[0]?.body).toContain('"city":{"type":"string"}');
  });

  it("passes on how hard to think", async () => {
    const said = {
      claude: '"effort":"low"',
      gemini: '"thinkingBudget":1024',
      groq: '"reasoning_effort":"low"',
      openai: '"effort":"low"',
    };
    expect(await posted({ messages, reasoning: "low" })).toContain(said[target.vendor]);
  });
});

/** Claude's CLI has the model answer to a schema by calling a tool. */
function callsATool({ vendor, mode }: Target): boolean {
  return vendor === "claude" && mode === "cli";
}

function structured(target: Target) {
  if (!callsATool(target)) return plays(target.vendor, '{"city":', '"Graz"}');
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = { id: "msg_1", type: "message", role: "assistant", content: [], model: "played" };
  const tool = { type: "tool_use", id: "toolu_1", name: "StructuredOutput", input: {} };
  const delta = { type: "input_json_delta", partial_json: '{"city":"Graz"}' };
  return playsEvents(
    [
      { type: "message_start", message: { ...message, usage } },
      { type: "content_block_start", index: 0, content_block: tool },
      { type: "content_block_delta", index: 0, delta },
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 9 } },
      { type: "message_stop" },
    ].map(claudeEvent),
  );
}
