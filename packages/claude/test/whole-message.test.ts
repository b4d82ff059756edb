import type { CanonicalRequest, Part } from "@acc/dual-mode/provider";
import { expect, it } from "vitest";
import { type Answer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { claudeEvent } from "../../../scripts/vendor-answers.ts";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { createClaude } from "../src/create-claude.ts";
import { sdk } from "../src/sdk/mode.ts";

const request: CanonicalRequest = {
  model: "claude-sonnet-5-5",
  messages: [{ role: "user", content: [{ type: "text", text: "The weather in Graz?" }] }],
  maxOutputTokens: 1_000,
};

const head = { id: "msg_1", type: "message", role: "assistant", model: "played" };
const asked = { input_tokens: 11, cache_read_input_tokens: 5, cache_creation_input_tokens: 3 };

/** One answer with thoughts that are signed, text and a call, as a stream and as a document. */
const streams: Answer = (response) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(events.map(claudeEvent).join(""));
};
const tellsWhole: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(message));
};

const message = {
  ...head,
  content: [
    { type: "thinking", thinking: "I look it up.", signature: "sig-1" },
    { type: "redacted_thinking", data: "hidden" },
    { type: "text", text: "One moment." },
    { type: "tool_use", id: "toolu_1", name: "weather", input: { city: "Graz" } },
  ],
  stop_reason: "tool_use",
  stop_sequence: null,
  usage: { ...asked, output_tokens: 7 },
};

const events = [
  {
    type: "message_start",
    message: { ...head, content: [], usage: { ...asked, output_tokens: 1 } },
  },
  block(0, { type: "thinking", thinking: "", signature: "" }),
  delta(0, { type: "thinking_delta", thinking: "I look " }),
  delta(0, { type: "thinking_delta", thinking: "it up." }),
  delta(0, { type: "signature_delta", signature: "sig-1" }),
  { type: "content_block_stop", index: 0 },
  block(1, { type: "redacted_thinking", data: "hidden" }),
  { type: "content_block_stop", index: 1 },
  block(2, { type: "text", text: "" }),
  delta(2, { type: "text_delta", text: "One " }),
  delta(2, { type: "text_delta", text: "moment." }),
  { type: "content_block_stop", index: 2 },
  block(3, { type: "tool_use", id: "toolu_1", name: "weather", input: {} }),
  delta(3, { type: "input_json_delta", partial_json: '{"city":' }),
  delta(3, { type: "input_json_delta", partial_json: '"Graz"}' }),
  { type: "content_block_stop", index: 3 },
  { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 7 } },
  { type: "message_stop" },
];

function block(index: number, content_block: object) {
  return { type: "content_block_start", index, content_block };
}

function delta(index: number, piece: object) {
  return { type: "content_block_delta", index, delta: piece };
}

it("a document in a stream's place gives the reply, the signatures and the counts of a stream", async () => {
  const [whole, streamed] = await Promise.all([tellsWhole, streams].map(replyOf));
  expect(whole).toEqual(streamed);
  expect(whole?.content).toHaveLength(4);
});

it.each(["max_tokens", "model_context_window_exceeded"])(
  "a call that %s cut is none, though the document closes it (anthropics/claude-code#45436)",
  async (stop_reason) => {
    await using server = await startServer((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ ...message, stop_reason }));
    });
    const { parts } = await outcomeOf(asWhole(server.url));
    expect(parts.filter(({ type }) => type === "tool-call")).toEqual([]);
    expect(parts.at(-1)).toMatchObject({ type: "finish", reason: "length" });
  },
);

it("a document that breaks off is no answer", async () => {
  await using server = await startServer((response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"type":"message","content":[{"type":"text","te');
    setImmediate(() => response.destroy());
  });
  const { parts, error } = await outcomeOf(asWhole(server.url));
  expect(parts).toEqual([]);
  expect(error).toMatchObject({ code: "NETWORK" });
});

it("a document that ends before its JSON does is no answer", async () => {
  await using server = await startServer((response) => {
    response.writeHead(200, { "content-type": "application/json" }).end('{"type":"message"');
  });
  const { parts, error } = await outcomeOf(asWhole(server.url));
  expect(parts).toEqual([]);
  expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
});

it("a refusal in place of a document says what it is", async () => {
  await using server = await startServer((response) => {
    response.writeHead(529, { "content-type": "application/json" });
    response.end(
      JSON.stringify({ type: "error", error: { type: "overloaded_error", message: "" } }),
    );
  });
  const { error } = await outcomeOf(asWhole(server.url));
  expect(error).toMatchObject({ code: "OVERLOADED", status: 529 });
});

it("two clients at two addresses send each its own key to its own address", async () => {
  await using one = await startServer(streams);
  await using two = await startServer(streams);
  const calls = [
    { server: one, apiKey: "key-of-one" },
    { server: two, apiKey: "key-of-two" },
    { server: one, apiKey: "key-of-three" },
  ];
  const options = { only: "sdk", cache: false, secrets: false } as const;
  await Promise.all(
    calls.map(async ({ server, apiKey }) => {
      await using claude = createClaude({ ...options, apiKey, baseUrl: server.url });
      await claude.chat("Hello");
    }),
  );
  const keys = [one, two].map(({ requests }) =>
    requests.map(({ headers }) => headers.authorization).sort(),
  );
  expect(keys).toEqual([["Bearer key-of-one", "Bearer key-of-three"], ["Bearer key-of-two"]]);
  const all = [...one.requests, ...two.requests];
  expect(all.map(({ headers }) => headers["x-api-key"])).toEqual(all.map(() => undefined));
});

function asWhole(url: string): AsyncIterable<Part> {
  return sdk.run(request, runContext(url));
}

async function replyOf(given: Answer) {
  await using server = await startServer(given);
  const inputSchema = { type: "object", properties: { city: { type: "string" } } };
  const messages = [{ role: "user", content: "?" }] as const;
  const options = { baseUrl: server.url, apiKey: "key", only: "sdk", cache: false } as const;
  await using claude = createClaude({ ...options, secrets: false });
  const { attempts: _, ...reply } = await claude.chat({
    messages,
    maxOutputTokens: 1_000,
    tools: [{ name: "weather", inputSchema }],
  });
  return reply;
}

async function startServer(given: Answer) {
  const server = await startLoopbackServer(given);
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.close() });
}
