import { randomUUID } from "node:crypto";
import {
  type CommandWire,
  type HttpWire,
  type PlayedAnswer,
  type PlayedCall,
  type PlayedFailure,
  testProvider,
} from "@acc/dual-mode/testing";
import { test } from "vitest";
import { createClaude } from "../src/index.ts";
import { messageBatches } from "./batch-wire.ts";

const stopReasons = {
  stop: "end_turn",
  length: "max_tokens",
  "content-filter": "refusal",
} as const;

type Event = { readonly type: string; readonly [member: string]: unknown };

/** One message as the API streams it, and the CLI passes it on. */
function messageEvents(answer: PlayedAnswer, kind: "text" | "json"): readonly Event[] {
  const { id = "msg_1", model, texts, finish, inputTokens, outputTokens } = answer;
  const usage = { input_tokens: inputTokens, output_tokens: 1 };
  const message = { id, type: "message", role: "assistant", content: [], model, usage };
  const deltas = texts.map((text) =>
    kind === "text"
      ? { type: "text_delta", text }
      : { type: "input_json_delta", partial_json: text },
  );
  return [
    { type: "message_start", message },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    ...deltas.map((delta) => ({ type: "content_block_delta", index: 0, delta })),
    { type: "content_block_stop", index: 0 },
    {
      type: "message_delta",
      delta: { stop_reason: stopReasons[finish] },
      usage: { output_tokens: outputTokens },
    },
    { type: "message_stop" },
  ];
}

/** A message that calls tools, whose names the CLI's begin with the server that lists them. */
function callEvents(calls: readonly PlayedCall[], prefix = ""): readonly Event[] {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = { id: "msg_1", type: "message", role: "assistant", model: "played", usage };
  const blocks = calls.flatMap(({ name, input }, index): Event[] => {
    const id = `toolu_${randomUUID()}`;
    const block = { type: "tool_use", id, name: `${prefix}${name}`, input: {} };
    const delta = { type: "input_json_delta", partial_json: JSON.stringify(input) };
    return [
      { type: "content_block_start", index, content_block: block },
      { type: "content_block_delta", index, delta },
      { type: "content_block_stop", index },
    ];
  });
  return [
    { type: "message_start", message },
    ...blocks,
    { type: "message_delta", delta: { stop_reason: "tool_use" }, usage },
    { type: "message_stop" },
  ];
}

const http: HttpWire = {
  answer: (answer) =>
    messageEvents(answer, "text").map(
      (event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
    ),
  reasons: stopReasons,
  limits: (remaining, limit) => ({
    "anthropic-ratelimit-requests-limit": String(limit),
    "anthropic-ratelimit-requests-remaining": String(remaining),
    "anthropic-ratelimit-requests-reset": new Date(Date.now() + 60_000).toISOString(),
  }),
  signOfLife: 'event: ping\ndata: {"type":"ping"}\n\n',
  calls: (calls) =>
    callEvents(calls).map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  failure: ({ status, type, message, retryAfter }) => ({
    status,
    headers: {
      "content-type": "application/json",
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    },
    body: JSON.stringify({ type: "error", error: { type, message } }),
  }),
  models: (names) => {
    const data = names.map((id) => ({ type: "model", id, display_name: id }));
    return JSON.stringify({ data, has_more: false, first_id: names[0], last_id: names.at(-1) });
  },
  batches: messageBatches,
};

/** What the CLI names the failures in its synthetic message. */
const kinds: Readonly<Partial<Record<PlayedFailure["code"], string>>> = {
  AUTHENTICATION_FAILED: "authentication_failed",
  RATE_LIMITED: "rate_limit",
  QUOTA_EXHAUSTED: "billing_error",
  MODEL_NOT_FOUND: "model_not_found",
  INVALID_REQUEST: "invalid_request",
};

const command: CommandWire = {
  probes: [{ args: ["--version"], stdout: "2.1.330 (Claude Code)\n" }],
  tooOld: [{ args: ["--version"], stdout: "2.0.73 (Claude Code)\n" }],
  loggedOut: {
    lines: [
      '{"type":"result","is_error":true,"result":"Not logged in · Please run /login","subtype":"success"}',
    ],
    exitCode: 1,
  },
  answer: (answer) => {
    const { inputTokens, outputTokens } = answer;
    const result = {
      type: "result",
      subtype: "success",
      is_error: answer.finish === "content-filter",
      result: answer.texts.join(""),
      stop_reason: stopReasons[answer.finish],
      usage: { input_tokens: inputTokens, output_tokens: outputTokens },
    };
    const events = messageEvents(answer, answer.structured ? "json" : "text");
    return [...events.map((event) => ({ type: "stream_event", event })), result].map((line) =>
      JSON.stringify(line),
    );
  },
  reasons: stopReasons,
  signOfLife: '{"type":"system","subtype":"status"}',
  calls: (calls) => {
    const events = callEvents(calls, "mcp__acc__").map((event) => ({
      type: "stream_event",
      event,
    }));
    const result = { type: "result", subtype: "error_max_turns", is_error: true };
    return [...events, result].map((line) => JSON.stringify(line));
  },
  failure: ({ code, status, message }) => ({
    lines: [
      { type: "assistant", error: kinds[code], message: { content: [] } },
      { type: "result", is_error: true, result: message, api_error_status: status },
    ].map((line) => JSON.stringify(line)),
    exitCode: 1,
  }),
};

testProvider(test, createClaude, {
  sdk: { wire: http },
  cli: { wire: command },
  options: { billing: "key" },
  deviations: [
    {
      rule: "cli: the wait that the vendor asks for is passed on",
      reason: "Claude Code does not print the header Retry-After",
    },
  ],
});
