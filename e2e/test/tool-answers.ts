import type { Answer, RawRequest } from "../../scripts/loopback-server.ts";
import {
  claudeEvent,
  dataEvent,
  openStream,
  playsEvents,
  type Vendor,
} from "../../scripts/vendor-answers.ts";
import { toolsOf } from "./received.ts";

/** A call of the tool at this place among the caller's. */
export interface Call {
  readonly tool: string;
  /** Absent where a vendor sends no arguments at all, not even `{}`. */
  readonly input?: object | undefined;
}

/** What a vendor is sent for the caller's name: the one that has it at its end. */
function sentName(request: RawRequest, name: string): string {
  const names = toolsOf(request).map((tool) => tool.name ?? "");
  return names.find((each) => each.endsWith(name)) ?? name;
}

/** Says this, and asks for the tools, under the names by which it was offered them. */
export function asksFor(vendor: Vendor, text: string, calls: readonly Call[]): Answer {
  return (response, request) => {
    const named = calls.map(({ tool, input }) => ({ name: sentName(request, tool), input }));
    return playsEvents(events[vendor](text, named))(response, request);
  };
}

/** Begins a call of a tool, and never ends it. */
export function stallsInCall(vendor: "claude" | "gemini", tool: string): Answer {
  return (response, request) => {
    openStream(response);
    const all = events[vendor]("Let me see. ", [{ name: sentName(request, tool), input: {} }]);
    for (const event of all.slice(0, -2)) response.write(event);
  };
}

function written(input: object | undefined): string {
  return input === undefined ? "" : JSON.stringify(input);
}

interface NamedCall {
  readonly name: string;
  readonly input?: object | undefined;
}

const events: Readonly<
  Record<Vendor, (text: string, calls: readonly NamedCall[]) => readonly string[]>
> = {
  claude: (text, calls) => {
    const usage = { input_tokens: 11, output_tokens: 1 };
    const blocks = calls.flatMap(({ name, input }, index) => {
      const json = written(input);
      const pieces = json === "" ? [] : [json.slice(0, 3), json.slice(3)];
      return [
        {
          type: "content_block_start",
          index: index + 1,
          content_block: { type: "tool_use", id: `toolu_${index}`, name, input: {} },
        },
        ...pieces.map((partial_json) => ({
          type: "content_block_delta",
          index: index + 1,
          delta: { type: "input_json_delta", partial_json },
        })),
        { type: "content_block_stop", index: index + 1 },
      ];
    });
    return [
      {
        type: "message_start",
        message: {
          id: "msg_1",
          type: "message",
          role: "assistant",
          content: [],
          model: "m",
          usage,
        },
      },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } },
      { type: "content_block_stop", index: 0 },
      ...blocks,
      { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 7 } },
      { type: "message_stop" },
    ].map(claudeEvent);
  },
  gemini: (text, calls) => {
    const usageMetadata = { promptTokenCount: 11, candidatesTokenCount: 7, totalTokenCount: 18 };
    const chunk = (part: object, more: object = {}) =>
      dataEvent({
        responseId: "response_1",
        modelVersion: "played",
        candidates: [{ content: { role: "model", parts: [part] }, ...more }],
        usageMetadata,
      });
    return [
      chunk({ text }),
      ...calls.map(({ name, input }) => chunk({ functionCall: { name, args: input } })),
      chunk({ text: "" }, { finishReason: "STOP" }),
    ];
  },
  groq: (text, calls) => {
    const chunk = (choice: object) =>
      dataEvent({ id: "chatcmpl_1", model: "played", choices: [{ index: 0, ...choice }] });
    const tool_calls = calls.map(({ name, input }, index) => ({
      index,
      id: `call_${index}`,
      type: "function",
      function: { name, arguments: written(input) },
    }));
    return [
      chunk({ delta: { content: text } }),
      chunk({ delta: { tool_calls } }),
      chunk({ delta: {}, finish_reason: "tool_calls" }),
      "data: [DONE]\n\n",
    ];
  },
  openai: (text, calls) => {
    const message = {
      type: "message",
      id: "msg_1",
      role: "assistant",
      content: [{ type: "output_text", text, annotations: [] }],
    };
    const items = calls.map(({ name, input }, index) => ({
      type: "function_call",
      id: `fc_${index}`,
      call_id: `call_${index}`,
      name,
      arguments: written(input),
    }));
    const response = { id: "resp_1", object: "response", model: "played" };
    const usage = { input_tokens: 11, output_tokens: 7, total_tokens: 18 };
    const begins = (item: object, output_index: number) => ({
      type: "response.output_item.added",
      output_index,
      item,
    });
    const ends = (item: object, output_index: number) => ({
      type: "response.output_item.done",
      output_index,
      item,
    });
    return [
      { type: "response.created", response },
      begins({ ...message, content: [] }, 0),
      { type: "response.output_text.delta", item_id: "msg_1", output_index: 0, delta: text },
      ends(message, 0),
      ...items.flatMap((item, index) => [
        begins({ ...item, arguments: "" }, index + 1),
        ends(item, index + 1),
      ]),
      {
        type: "response.completed",
        response: { ...response, status: "completed", output: [message, ...items], usage },
      },
    ].map(dataEvent);
  },
};
