import { randomUUID } from "node:crypto";
import { fileBatchWire, type HttpWire, type PlayedAnswer } from "@acc/dual-mode/testing";

type Event = { readonly type: string; readonly [member: string]: unknown };

const ended = { stop: "completed", length: "incomplete", "content-filter": "incomplete" } as const;
const details = {
  stop: null,
  length: { reason: "max_output_tokens" },
  "content-filter": { reason: "content_filter" },
} as const;

/** How the Responses API streams. */
export const responsesWire: HttpWire = {
  answer: (answer) => framed(answerEvents(answer)),
  signOfLife: ": keepalive\n\n",
  reasons: { stop: "completed", length: "max_output_tokens" },
  limits: (remaining, limit) => ({
    "x-ratelimit-limit-requests": String(limit),
    "x-ratelimit-remaining-requests": String(remaining),
    "x-ratelimit-reset-requests": "1m12s",
  }),
  calls: (calls) => {
    const items = calls.map(({ name, input }, index) => ({
      type: "function_call",
      id: `fc_${index}`,
      call_id: `call_${randomUUID()}`,
      name,
      arguments: JSON.stringify(input),
      status: "completed",
    }));
    const response = { id: "resp_1", model: "played", object: "response", output: items };
    return framed([
      { type: "response.created", response: { id: "resp_1", model: "played" } },
      ...items.flatMap((item, output_index): Event[] => [
        { type: "response.output_item.added", output_index, item: { ...item, arguments: "" } },
        {
          type: "response.function_call_arguments.delta",
          output_index,
          item_id: item.id,
          delta: item.arguments,
        },
        { type: "response.output_item.done", output_index, item },
      ]),
      { type: "response.completed", response: { ...response, status: "completed" } },
    ]);
  },
  failure: ({ status, type, message, retryAfter }) => ({
    status,
    headers: {
      "content-type": "application/json",
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    },
    body: JSON.stringify({ error: { message, type, code: type, param: null } }),
  }),
  models: (names) => {
    const data = names.map((id) => ({ id, object: "model" }));
    return JSON.stringify({ object: "list", data });
  },
  batches: fileBatchWire((answer) => Object(answerEvents(answer).at(-1)?.response)),
};

function answerEvents({
  model,
  texts,
  finish,
  id = "resp_1",
  inputTokens,
  outputTokens,
}: PlayedAnswer): readonly Event[] {
  const response = { id, model, object: "response" };
  const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
  const item = {
    type: "message",
    id: "msg_1",
    role: "assistant",
    content: [{ type: "output_text", text: texts.join(""), annotations: [] }],
  };
  const end = {
    ...response,
    status: ended[finish],
    incomplete_details: details[finish],
    output: [item],
    usage: { input_tokens: inputTokens, output_tokens: outputTokens },
  };
  return [
    { type: "response.created", response: { ...response, status: "in_progress" } },
    { type: "response.output_item.added", output_index: 0, item: { ...item, content: [] } },
    ...texts.map((delta) => ({ type: "response.output_text.delta", ...place, delta })),
    { type: "response.output_item.done", output_index: 0, item },
    { type: `response.${ended[finish]}`, response: end },
  ];
}

export function framed(events: readonly Event[]): readonly string[] {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}
