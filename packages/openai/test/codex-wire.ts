import { randomUUID } from "node:crypto";
import type { CommandWire, PlayedAnswer, PlayedFailure } from "@acc/dual-mode/testing";

const place = { threadId: "thread_1", turnId: "turn_1" };
const note = (method: string, params: object) =>
  JSON.stringify({ method, params: { ...place, ...params } });
const ended = (turn: object) => note("turn/completed", { turn: { id: "turn_1", ...turn } });

/** What Codex names the failures. */
const kinds: Readonly<Partial<Record<PlayedFailure["code"], unknown>>> = {
  RATE_LIMITED: { responseTooManyFailedAttempts: { httpStatusCode: 429 } },
  QUOTA_EXHAUSTED: "usageLimitExceeded",
  MODEL_NOT_FOUND: "modelNotFound",
  CONTEXT_TOO_LONG: "contextWindowExceeded",
  CONTENT_FILTERED: "cyberPolicy",
};

/** How Codex's app server speaks. */
export const codexWire: CommandWire = {
  probes: [{ args: ["--version"], stdout: "codex-cli 0.171.0\n" }],
  tooOld: [{ args: ["--version"], stdout: "codex-cli 0.150.0\n" }],
  dialogue: {
    results: {
      initialize: { userAgent: "acc/0.171.0" },
      "config/read": { config: {}, origins: {} },
      "configRequirements/read": { requirements: null },
      "thread/start": { model: "played-model", thread: { id: "thread_1" } },
      "turn/start": { turn: { id: "turn_1", status: "inProgress" } },
    },
    begins: "turn/start",
  },
  answer: answerLines,
  signOfLife: note("thread/status/changed", { status: { type: "active" } }),
  calls: (calls) => [
    ...calls.map(({ name, input }) =>
      note("rawResponseItem/completed", {
        item: {
          type: "function_call",
          call_id: `call_${randomUUID()}`,
          name,
          arguments: JSON.stringify(input),
        },
      }),
    ),
    note("rawResponse/completed", { responseId: "resp_1", usage: { inputTokens: 1 } }),
  ],
  failure: ({ code, status, message }) => ({
    lines: [
      ended({
        status: "failed",
        error: {
          message,
          codexErrorInfo: kinds[code] ?? { httpConnectionFailed: { httpStatusCode: status } },
        },
      }),
    ],
    exitCode: 0,
  }),
};

function answerLines({
  texts,
  finish,
  inputTokens,
  outputTokens,
}: PlayedAnswer): readonly string[] {
  const item = { type: "agentMessage", id: "msg_1", text: "" };
  const content = [{ type: "output_text", text: texts.join("") }];
  const said = [
    note("item/started", { item }),
    ...texts.map((delta) => note("item/agentMessage/delta", { itemId: "msg_1", delta })),
    note("rawResponseItem/completed", { item: { type: "message", role: "assistant", content } }),
  ];
  const usage = { inputTokens, outputTokens };
  const why = { length: "max_output_tokens", "content-filter": "content_filter", stop: "" }[finish];
  const whole = [note("rawResponse/completed", { responseId: "resp_1", usage })];
  const message = `Incomplete response returned, reason: ${why}`;
  const end = why === "" ? { status: "completed" } : { status: "failed", error: { message } };
  return [...said, ...whole, ended(end)];
}
