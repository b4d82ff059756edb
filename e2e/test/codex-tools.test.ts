import type { AssistantContent, Message } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import { dataEvent, plays, playsEvents } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { targets } from "./targets.ts";

const scene = new Scene();
const openai = targets.filter(({ vendor }) => vendor === "openai");
const inputSchema = { type: "object", properties: { city: { type: "string" } } };
const tools = [
  { name: "weather", description: "Tells the weather.", inputSchema },
  { name: "time", inputSchema },
];
const question: Message = { role: "user", content: "How is it in Graz and in Linz?" };

const thought = {
  type: "reasoning",
  id: "rs_1",
  summary: [{ type: "summary_text", text: "I ask." }],
  encrypted_content: "gAAA:of-this-thought",
};
const calls = ["Graz", "Linz"].map((city, index) => ({
  type: "function_call",
  id: `fc_${index}`,
  call_id: `call_${index}`,
  name: index === 0 ? "weather" : "time",
  arguments: JSON.stringify({ city }),
}));

/** Thinks, and calls two tools. */
const asksForTools: Answer = playsEvents(
  [
    { type: "response.created", response: { id: "resp_1", model: "played" } },
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { ...thought, summary: [], encrypted_content: null },
    },
    {
      type: "response.reasoning_summary_part.added",
      output_index: 0,
      item_id: "rs_1",
      summary_index: 0,
    },
    {
      type: "response.reasoning_summary_text.delta",
      output_index: 0,
      item_id: "rs_1",
      summary_index: 0,
      delta: "I ask.",
    },
    { type: "response.output_item.done", output_index: 0, item: thought },
    ...calls.flatMap((item, index) => [
      {
        type: "response.output_item.added",
        output_index: index + 1,
        item: { ...item, arguments: "" },
      },
      { type: "response.output_item.done", output_index: index + 1, item },
    ]),
    {
      type: "response.completed",
      response: {
        id: "resp_1",
        model: "played",
        status: "completed",
        output: [thought, ...calls],
        usage: { input_tokens: 11, output_tokens: 7, total_tokens: 18 },
      },
    },
  ].map(dataEvent),
);

describe.each(openai)("$name", (first) => {
  it.each(openai)("calls two tools at once, and $name goes on with its thought", async (second) => {
    scene.tools = tools.map(({ name }) => name);
    const server = await scene.serve(asksForTools);
    const request = { tools, reasoning: "low" } as const;
    await using asked = scene.open(first, server.url);
    const reply = await asked.chat({ ...request, messages: [question] });
    expect(reply).toMatchObject({ finishReason: "tool-calls", reasoning: "I ask." });
    const asksFor = reply.toolCalls.map(({ name, input }) => [name, input]);
    expect(asksFor).toEqual([
      ["weather", { city: "Graz" }],
      ["time", { city: "Linz" }],
    ]);

    server.answer = plays("openai", "Sunny.");
    await using continued = scene.open(second, server.url);
    const messages = [question, ...told(reply.content)];
    expect((await continued.chat({ ...request, messages })).text).toBe("Sunny.");
    const { input } = JSON.parse(callsIn(server.requests)[1]?.body ?? "{}");
    const sent = input.filter(({ type }: { type?: string }) => type !== undefined);
    expect(sent.filter(({ type }: { type: string }) => type !== "message")).toMatchObject([
      { type: "reasoning", summary: thought.summary, encrypted_content: thought.encrypted_content },
      { type: "function_call", call_id: "call_0", name: "weather", arguments: '{"city":"Graz"}' },
      { type: "function_call", call_id: "call_1", name: "time" },
      { type: "function_call_output", call_id: "call_0", output: "sun" },
      { type: "function_call_output", call_id: "call_1", output: "sun" },
    ]);
  });
});

function told(content: readonly AssistantContent[]): readonly Message[] {
  const results = content.flatMap((piece): Message[] =>
    piece.type === "tool-call" ? [{ role: "tool", toolCallId: piece.id, content: "sun" }] : [],
  );
  return [{ role: "assistant", content }, ...results];
}
