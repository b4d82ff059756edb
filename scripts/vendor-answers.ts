import type { ServerResponse } from "node:http";
import type { Answer } from "./loopback-server.ts";

export type Vendor = "claude" | "gemini" | "groq" | "openai";

/** The events of a whole answer, as each vendor's API streams them. */
export function answerEvents(
  vendor: Vendor,
  pieces: readonly string[],
  model = "played",
): string[] {
  const events = {
    claude: claudeEvents,
    gemini: geminiEvents,
    groq: groqEvents,
    openai: responseEvents,
  };
  return events[vendor](pieces, model);
}

/** Plays a whole answer. */
export function plays(vendor: Vendor, ...pieces: string[]): Answer {
  return playsEvents(answerEvents(vendor, pieces));
}

/** Plays these events as they are. */
export function playsEvents(events: readonly string[]): Answer {
  return (response) => {
    openStream(response);
    response.end(events.join(""));
  };
}

/** Refuses as a vendor does. */
export function refuses(
  vendor: Vendor,
  status: number,
  error: { readonly type?: string; readonly message: string; readonly details?: unknown },
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const { type = "api_error", message, details } = error;
  const body = {
    claude: { type: "error", error: { type, message } },
    gemini: { error: { code: status, status: type, message, ...(details ? { details } : {}) } },
    groq: { error: { type, message, code: type } },
    openai: { error: { type, message, code: type, param: null } },
  }[vendor];
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

export function openStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
}

export function claudeEvent(event: {
  readonly type: string;
  readonly [member: string]: unknown;
}): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

export function dataEvent(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function claudeEvents(pieces: readonly string[], model: string): string[] {
  const usage = { input_tokens: 11, output_tokens: 1 };
  const message = { id: "msg_1", type: "message", role: "assistant", content: [], model, usage };
  return [
    { type: "message_start", message },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    ...pieces.map((text) => ({
      type: "content_block_delta",
      index: 0,
      delta: { type: "text_delta", text },
    })),
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 7 } },
    { type: "message_stop" },
  ].map(claudeEvent);
}

function geminiEvents(pieces: readonly string[], modelVersion: string): string[] {
  const usageMetadata = { promptTokenCount: 11, candidatesTokenCount: 7, totalTokenCount: 18 };
  return pieces.map((text, index) =>
    dataEvent({
      responseId: "response_1",
      modelVersion,
      candidates: [
        {
          content: { role: "model", parts: [{ text }] },
          ...(index === pieces.length - 1 && { finishReason: "STOP" }),
        },
      ],
      usageMetadata,
    }),
  );
}

function groqEvents(pieces: readonly string[], model: string): string[] {
  const chunk = (choice: object, more: object = {}) =>
    dataEvent({
      id: "chatcmpl_1",
      object: "chat.completion.chunk",
      model,
      choices: [{ index: 0, finish_reason: null, ...choice }],
      ...more,
    });
  const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
  return [
    ...pieces.map((content) => chunk({ delta: { content } })),
    chunk({ delta: {}, finish_reason: "stop" }, { x_groq: { usage } }),
    "data: [DONE]\n\n",
  ];
}

function responseEvents(pieces: readonly string[], model: string): string[] {
  const response = { id: "resp_1", object: "response", model };
  const content = [{ type: "output_text", text: pieces.join(""), annotations: [] }];
  const item = { type: "message", id: "msg_1", role: "assistant", content };
  const usage = { input_tokens: 11, output_tokens: 7, total_tokens: 18 };
  const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
  return [
    { type: "response.created", response: { ...response, status: "in_progress" } },
    { type: "response.output_item.added", output_index: 0, item: { ...item, content: [] } },
    ...pieces.map((delta) => ({ type: "response.output_text.delta", ...place, delta })),
    { type: "response.output_item.done", output_index: 0, item },
    {
      type: "response.completed",
      response: { ...response, status: "completed", output: [item], usage },
    },
  ].map(dataEvent);
}
