import { fileBatchWire } from "./file-batch-wire.ts";
import type { HttpWire } from "./wire.ts";

/** The wire format of servers that stream chat completions over server-sent events. */
export const chatCompletionsWire: HttpWire = {
  answer: ({ id = "played", model, texts, finish, inputTokens, outputTokens }) => {
    const chunk = (delta: object, finish_reason: string | null) =>
      event({ id, model, choices: [{ index: 0, delta, finish_reason }] });
    const usage = { prompt_tokens: inputTokens, completion_tokens: outputTokens };
    return [
      ...texts.map((content) => chunk({ content }, null)),
      chunk({}, finish.replace("-", "_")),
      event({ id, model, choices: [], usage }),
      "data: [DONE]\n\n",
    ];
  },
  reasons: { stop: "stop", length: "length" },
  limits: (remaining, limit) => ({
    "x-ratelimit-limit-requests": String(limit),
    "x-ratelimit-remaining-requests": String(remaining),
    "x-ratelimit-reset-requests": "2m59.56s",
  }),
  signOfLife: ": still here\n\n",
  calls: (calls) => {
    const tool_calls = calls.map(({ name, input }, index) => ({
      index,
      type: "function",
      function: { name, arguments: JSON.stringify(input) },
    }));
    const choice = { index: 0, delta: { tool_calls }, finish_reason: "tool_calls" };
    return [event({ id: "played", model: "played-model", choices: [choice] }), "data: [DONE]\n\n"];
  },
  failure: ({ status, type, message, retryAfter }) => ({
    status,
    headers: {
      "content-type": "application/json",
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    },
    body: JSON.stringify({ error: { message, type, code: type } }),
  }),
  models: (names) => {
    const data = names.map((id) => ({ id, object: "model" }));
    return JSON.stringify({ object: "list", data });
  },
  batches: fileBatchWire(),
};

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
