import { describe, expect, it } from "vitest";
import { claudeEvent, plays, playsEvents } from "../../scripts/vendor-answers.ts";
import { type Door, doors, open } from "./doors.ts";
import { Scene } from "./scene.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();
const jsonSchema = { type: "object", properties: { city: { type: "string" } } };
const schema = { jsonSchema, validate: (value: unknown) => value };

describe.each(doors)("$name", (door) => {
  const posted = async (input: Parameters<ReturnType<typeof open>["chat"]>[0], answer = "ok") => {
    const server = await scene.serve(plays(door.vendor, answer));
    await using client = open(door, server.url);
    const reply = await client.chat(input);
    return { reply, body: server.requests.find(({ method }) => method === "POST")?.body ?? "" };
  };

  it("sends the system prompt and every turn", async () => {
    const { body } = await posted({
      system: "You-are-brief",
      messages: [
        { role: "user", content: "first-question" },
        { role: "assistant", content: "first-answer" },
        { role: "user", content: "second-question" },
      ],
    });
    for (const said of ["You-are-brief", "first-question", "first-answer", "second-question"]) {
      expect(body).toContain(said);
    }
    expect(body.indexOf("first-question")).toBeLessThan(body.indexOf("first-answer"));
    expect(body.indexOf("first-answer")).toBeLessThan(body.indexOf("second-question"));
  });

  itWhere(door.vendor === "claude", "refuses what neither of its doors can", async () => {
    const server = await scene.serve(plays(door.vendor, "ok"));
    await using client = open(door, server.url);
    const chat = client.chat({ messages: [{ role: "user", content: "hi" }], temperature: 0.2 });
    const error = await chat.catch((thrown) => thrown);
    expect(JSON.stringify(error)).toContain("UNSUPPORTED_FEATURE");
    expect(server.requests).toEqual([]);
  });

  itWhere(door.vendor !== "claude", "sends the sampling parameters", async () => {
    const { body } = await posted({
      messages: [{ role: "user", content: "hi" }],
      temperature: 0.25,
      maxOutputTokens: 77,
      stop: ["END"],
      seed: 7,
    });
    const sent = body.replaceAll(/"(max_completion_tokens|max_tokens)"/g, '"maxOutputTokens"');
    for (const said of ['"temperature":0.25', '"maxOutputTokens":77', '["END"]', '"seed":7']) {
      expect(sent).toContain(said);
    }
  });

  it("answers to a schema", async () => {
    const server = await scene.serve(structured(door));
    await using client = open(door, server.url);
    const reply = await client.chat({ messages: [{ role: "user", content: "Where?" }], schema });
    expect(reply).toMatchObject({ object: { city: "Graz" }, finishReason: "stop", toolCalls: [] });
    const body = server.requests.find(({ method }) => method === "POST")?.body;
    expect(body).toContain('"city":{"type":"string"}');
  });

  it("passes on how hard to think", async () => {
    const { body } = await posted({
      messages: [{ role: "user", content: "hi" }],
      reasoning: "low",
    });
    const said = {
      claude: '"effort":"low"',
      gemini: '"thinkingBudget":1024',
      groq: '"reasoning_effort":"low"',
    };
    expect(body).toContain(said[door.vendor]);
  });
});

function structured(door: Door) {
  if (door.vendor !== "claude") return plays(door.vendor, '{"city":', '"Graz"}');
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
