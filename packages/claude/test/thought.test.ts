import type { CanonicalRequest, Part, ToolCall } from "@acc/dual-mode/provider";
import { afterEach, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { outcomeOf, runContext } from "../../../scripts/run-context.ts";
import { claudeEvent, playsEvents } from "../../../scripts/vendor-answers.ts";
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

/** The content of the assistant's turn as the API gets it. */
async function sent(toolCalls: readonly ToolCall[]) {
  const calls = toolCalls.map((each) => ({ type: "tool-call", ...each }) as const);
  const content = [{ type: "text", text: "I look." } as const, ...calls];
  const messages = [...request.messages, { role: "assistant", content } as const];
  const { error } = await outcomeOf(sdk.run({ ...request, messages }, runContext(server.url)));
  const body = server.requests.at(-1)?.body;
  return { error, content: error ? undefined : JSON.parse(body ?? "").messages[1].content };
}

it("gives what was thought before a call back before it, unchanged", async () => {
  server = await startLoopbackServer(playsEvents(events));
  const { parts } = await outcomeOf(sdk.run(request, runContext(server.url)));
  const calls = parts
    .filter((part): part is Extract<Part, { type: "tool-call" }> => part.type === "tool-call")
    .map(({ type: _, ...rest }) => rest);
  expect(calls.map(({ signature }) => signature !== undefined)).toEqual([true, false, true]);
  const use = (id: string) => ({ type: "tool_use", id, name: "weather", input: {} });
  expect((await sent(calls)).content).toEqual([
    { type: "thinking", thinking: "Hm.", signature: "signed-one" },
    { type: "redacted_thinking", data: "hidden" },
    { type: "text", text: "I look." },
    use("a"),
    use("b"),
    { type: "thinking", thinking: "", signature: "signed-two" },
    use("c"),
  ]);
});

it("leaves the signature of another provider out, and refuses one that was changed", async () => {
  server = await startLoopbackServer(playsEvents(events));
  const plain = { id: "a", name: "weather", input: {} };
  expect((await sent([{ ...plain, signature: "gemini:abc" }])).content).toEqual([
    { type: "text", text: "I look." },
    { type: "tool_use", ...plain },
  ]);
  const { error } = await sent([{ ...plain, signature: "claude:abc" }]);
  expect(error).toMatchObject({ code: "INVALID_REQUEST" });
});
