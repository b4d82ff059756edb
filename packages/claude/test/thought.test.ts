import type { Reply } from "@acc/dual-mode";
import type { AssistantContent, CanonicalRequest } from "@acc/dual-mode/provider";
import { afterEach, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { claudeEvent, playsEvents } from "../../../scripts/vendor-answers.ts";
import { dummyKey, outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { createClaude } from "../src/create-claude.ts";
import { sdk } from "../src/sdk/mode.ts";

let server: LoopbackServer;
afterEach(() => server.close());

const block = (index: number, content_block: object, ...deltas: object[]) => [
  { type: "content_block_start", index, content_block },
  ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
  { type: "content_block_stop", index },
];
const call = (index: number, id: string) =>
  block(index, { type: "tool_use", id, name: "weather", input: {} });
const message = { id: "m", model: "played", usage: { input_tokens: 1, output_tokens: 1 } };
const events = [
  { type: "message_start", message },
  ...block(
    0,
    { type: "thinking", thinking: "", signature: "" },
    { type: "thinking_delta", thinking: "H" },
    { type: "thinking_delta", thinking: "m." },
    { type: "signature_delta", signature: "signed-one" },
  ),
  ...block(1, { type: "redacted_thinking", data: "hidden" }),
  ...block(2, { type: "text", text: "" }, { type: "text_delta", text: "I look." }),
  ...call(3, "a"),
  ...call(4, "b"),
  ...block(
    5,
    { type: "thinking", thinking: "", signature: "" },
    { type: "signature_delta", signature: "signed-two" },
  ),
  ...call(6, "c"),
  { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 9 } },
  { type: "message_stop" },
].map(claudeEvent);

const request: CanonicalRequest = {
  model: "claude-haiku-4-5",
  reasoning: "low",
  messages: [{ role: "user", content: [{ type: "text", text: "Weather?" }] }],
};

/** The answer, as a caller gets it. */
async function told(): Promise<Reply> {
  server = await startLoopbackServer(playsEvents(events));
  const options = { baseUrl: server.url, apiKey: dummyKey, cache: false, only: "sdk" } as const;
  await using client = createClaude(options);
  return await client.chat({
    model: request.model,
    reasoning: "low",
    messages: [{ role: "user", content: "Weather?" }],
  });
}

/** What the API gets of an assistant's turn, and whether Claude is to think. */
async function sent(content: readonly AssistantContent[], more: Partial<CanonicalRequest> = {}) {
  const results = content
    .filter((piece) => piece.type === "tool-call")
    .map(({ id }) => ({ role: "tool", toolCallId: id, content: [] }) as const);
  const messages = [...request.messages, { role: "assistant", content } as const, ...results];
  const asked = { ...request, messages, ...more };
  const { parts, error } = await outcomeOf(sdk.run(asked, runContext(server.url)));
  if (error !== undefined) return { error };
  const body = JSON.parse(server.requests.at(-1)?.body ?? "");
  const warnings = parts.filter(({ type }) => type === "warning");
  return { content: body.messages[1].content, thinking: body.thinking, warnings };
}

const text = (said: string) => ({ type: "text", text: said }) as const;
const use = (id: string) => ({ type: "tool_use", id, name: "weather", input: {} });
const wish = (id: string, signature?: string) =>
  ({ type: "tool-call", id, name: "weather", input: {}, ...(signature && { signature }) }) as const;
const blocks = [
  { type: "thinking", thinking: "Hm.", signature: "signed-one" },
  { type: "redacted_thinking", data: "hidden" },
  { type: "text", text: "I look." },
  use("a"),
  use("b"),
  { type: "thinking", thinking: "", signature: "signed-two" },
  use("c"),
];

it("is given back at its place, unchanged, with the content of a reply", async () => {
  const { content } = await told();
  expect(content.map(({ type }) => type)).toEqual([
    ...["reasoning", "reasoning", "text", "tool-call", "tool-call", "reasoning", "tool-call"],
  ]);
  expect(await sent(content)).toMatchObject({ content: blocks, thinking: { type: "enabled" } });
});

it("is given back with the tool calls alone", async () => {
  const { toolCalls } = await told();
  expect(toolCalls.map(({ signature }) => signature !== undefined)).toEqual([true, false, true]);
  const calls = toolCalls.map((each) => ({ type: "tool-call", ...each }) as const);
  expect(await sent([text("I look."), ...calls])).toMatchObject({ content: blocks });
});

// llxprt-code#2335, goose#10007: "Invalid `signature` in `thinking` block" after a change of models.
it("goes back to the model that thought it, by whatever name, and to no other", async () => {
  const { content } = await told();
  const named = await sent(content, { model: "claude-haiku-4-5-20251001" });
  expect(named).toMatchObject({ content: blocks, thinking: { type: "enabled" }, warnings: [] });
  const bare = blocks.filter(({ type }) => !type.includes("thinking"));
  // opencode#3077: a model that thinks by a budget wants the thought behind the last calls.
  const other = await sent(content, { model: "claude-sonnet-4-5" });
  expect(other).toMatchObject({
    content: bare,
    warnings: [{ warning: { code: "FEATURE_IGNORED" } }],
  });
  expect(other).toMatchObject({ thinking: undefined });
  expect(await sent(content, { model: "claude-sonnet-5-5" })).toMatchObject({
    content: bare,
    thinking: { type: "adaptive" },
    warnings: [],
  });
});

// forgecode#1195: "When thinking is disabled, an `assistant` message … cannot contain `thinking`".
it("is left out where such a model is not to think", async () => {
  const { content } = await told();
  const { messages, model } = request;
  const asked = { model, messages: [...messages, { role: "assistant", content } as const] };
  const results = ["a", "b", "c"].map(
    (toolCallId) => ({ role: "tool", toolCallId, content: [] }) as const,
  );
  const history = { ...asked, messages: [...asked.messages, ...results] };
  await outcomeOf(sdk.run(history, runContext(server.url)));
  const body = JSON.parse(server.requests.at(-1)?.body ?? "");
  expect(JSON.stringify(body)).not.toContain("thinking");
});

// opencode#5750, claude-code#20705, forgecode#2107: what the API refuses of an assistant's turn.
it("begins its turn and does not end it, and no text stands behind a call", async () => {
  const { content } = await told();
  const [thought] = content;
  const turn = [text("First."), thought as AssistantContent, wish("a"), text("Last."), wish("b")];
  expect(await sent(turn)).toMatchObject({
    content: [blocks[0], text("First."), text("Last."), use("a"), use("b")],
  });
  expect(await sent([text("I"), wish("a"), thought as AssistantContent])).toMatchObject({
    content: [text("I"), use("a")],
  });
});

it("of another provider's is left out, and what was changed is refused", async () => {
  await told();
  const foreign = { type: "reasoning", text: "Hm.", signature: "gemini:abc" } as const;
  expect(await sent([foreign, text("I"), wish("a", "gemini:abc")])).toMatchObject({
    content: [text("I"), use("a")],
  });
  const { error } = await sent([wish("a", "claude:claude-haiku-4-5:abc")]);
  expect(error).toMatchObject({ code: "INVALID_REQUEST" });
});
