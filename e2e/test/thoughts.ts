import type { Answer } from "../../scripts/loopback-server.ts";
import { dataEvent, playsEvents, type Vendor } from "../../scripts/vendor-answers.ts";
import { claudePlays } from "../../test/ai-sdk/claude-answers.ts";

/** Thinks this, and then says that. */
export function thinks(vendor: Vendor, thought: string, text: string): Answer {
  if (vendor === "claude") {
    return claudePlays({ thinking: thought, signature: "c2lnbmVk" }, { text });
  }
  return playsEvents(events[vendor](thought, text).map(dataEvent));
}

const events: Readonly<
  Record<Exclude<Vendor, "claude">, (thought: string, text: string) => readonly unknown[]>
> = {
  gemini: (thought, text) => {
    const chunk = (parts: readonly object[], more: object = {}) => ({
      responseId: "response_1",
      modelVersion: "played",
      candidates: [{ content: { role: "model", parts }, ...more }],
      usageMetadata: { promptTokenCount: 11, candidatesTokenCount: 7, thoughtsTokenCount: 3 },
    });
    return [chunk([{ text: thought, thought: true }]), chunk([{ text }], { finishReason: "STOP" })];
  },
  groq: (reasoning, content) =>
    [{ delta: { reasoning } }, { delta: { content } }, { delta: {}, finish_reason: "stop" }].map(
      (choice) => ({ id: "chatcmpl_1", model: "played", choices: [{ index: 0, ...choice }] }),
    ),
  openai: (thought, text) => {
    const reasoning = {
      type: "reasoning",
      id: "rs_1",
      summary: [{ type: "summary_text", text: thought }],
      encrypted_content: "gAAA:of-this-thought",
    };
    const content = [{ type: "output_text", text, annotations: [] }];
    const message = { type: "message", id: "msg_1", role: "assistant", content };
    const response = { id: "resp_1", object: "response", model: "played" };
    const usage = { input_tokens: 11, output_tokens: 7, total_tokens: 18 };
    const summary = { item_id: "rs_1", output_index: 0, summary_index: 0 };
    return [
      { type: "response.created", response },
      {
        type: "response.output_item.added",
        output_index: 0,
        item: { ...reasoning, summary: [], encrypted_content: null },
      },
      { type: "response.reasoning_summary_part.added", ...summary },
      { type: "response.reasoning_summary_text.delta", ...summary, delta: thought },
      { type: "response.output_item.done", output_index: 0, item: reasoning },
      { type: "response.output_item.added", output_index: 1, item: { ...message, content: [] } },
      { type: "response.output_text.delta", item_id: "msg_1", output_index: 1, delta: text },
      { type: "response.output_item.done", output_index: 1, item: message },
      {
        type: "response.completed",
        response: { ...response, status: "completed", output: [reasoning, message], usage },
      },
    ];
  },
};
