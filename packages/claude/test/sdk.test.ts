import type { RunContext } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { claudeEvent, plays, playsEvents } from "../../../scripts/vendor-answers.ts";
import { dummyKey, outcomeOf, runContext, textOf } from "../../../test/played/run-context.ts";
import { fullRequest, plainRequest } from "../../../test/played/sample-request.ts";
import { askedAstray, testSdkAnswers, testSdkFailures } from "../../../test/played/sdk-scene.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { sdk } from "../src/sdk/mode.ts";

const request = plainRequest("claude-sonnet-5-5");

describe("an answer", () => {
  it("may be a tool call, its arguments parsed", async () => {
    const server = await serve(playsEvents(toolCall));
    const { parts } = await outcomeOf(sdk.run(request, runContext(server.url)));
    expect(parts).toContainEqual({
      type: "tool-call",
      id: "toolu_1",
      name: "weather",
      input: { city: "Graz" },
    });
    expect(parts.at(-1)).toEqual({
      type: "finish",
      reason: "tool-calls",
      vendorReason: "tool_use",
    });
  });

  it("brings reasoning apart from the text", async () => {
    const server = await serve(playsEvents(thinking));
    const { parts } = await outcomeOf(sdk.run(request, runContext(server.url)));
    expect(parts).toContainEqual({ type: "reasoning", text: "Hm." });
    expect(textOf(parts)).toBe("Yes.");
  });
});

describe("the request", () => {
  it("carries everything that the mode supports", async () => {
    const server = await serve(plays("claude", "ok"));
    await outcomeOf(sdk.run(full, runContext(server.url)));
    expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual(fullBody);
  });

  it("lets an older model think by a budget", async () => {
    const server = await serve(plays("claude", "ok"));
    const asked = { ...request, model: "claude-haiku-4-5", reasoning: "low" } as const;
    await outcomeOf(sdk.run(asked, runContext(server.url)));
    expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({
      thinking: { type: "enabled", budget_tokens: 1024 },
    });
  });

  // litellm#3286: "each stop sequence must contain non-whitespace"
  it("goes nowhere with a stop sequence of white space", async () => {
    const asked = { ...request, stop: ["END", "\n\n"] };
    const { error } = await outcomeOf(sdk.run(asked, runContext("http://x")));
    expect(error).toMatchObject({
      code: "UNSUPPORTED_FEATURE",
      message: expect.stringContaining("request.stop[1]"),
    });
  });

  it("is bound to its route whatever the environment says", async () => {
    const ask = (context: RunContext<object>) => outcomeOf(sdk.run(request, context));
    const { headers } = await askedAstray("claude", plays("claude", "ok"), ask);
    expect(headers).toMatchObject({
      authorization: `Bearer ${dummyKey}`,
      "anthropic-version": "2026-10-21",
    });
    expect(headers).not.toHaveProperty("x-api-key");
  });
});

describe("a failure", () => {
  it("in mid-stream has the code of its kind", async () => {
    const error = { type: "overloaded_error", message: "Overloaded" };
    const server = await serve(playsEvents([claudeEvent({ type: "error", error })]));
    const outcome = await outcomeOf(sdk.run(request, runContext(server.url)));
    expect(outcome.error).toMatchObject({ code: "OVERLOADED" });
  });

  it("of a tool's arguments is told", async () => {
    const events = toolCall.map((event) => event.replace("Graz", "Gr\\\\\\"));
    const server = await serve(playsEvents(events));
    const { error } = await outcomeOf(sdk.run(request, runContext(server.url)));
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });
});

testSdkAnswers("claude", (context) => sdk.run(request, context), {
  id: "msg_1",
  stop: "end_turn",
  filtered: "refusal",
});
testSdkFailures("claude", (context) => sdk.run(request, context));

const message = { id: "msg_1", type: "message", role: "assistant", content: [], model: "played" };
const start = { type: "message_start", message: { ...message, usage: { input_tokens: 1 } } };

const toolCall = [
  start,
  {
    type: "content_block_start",
    index: 0,
    content_block: { type: "tool_use", id: "toolu_1", name: "weather", input: {} },
  },
  ...['{"city"', ':"Graz"}'].map((partial_json) => ({
    type: "content_block_delta",
    index: 0,
    delta: { type: "input_json_delta", partial_json },
  })),
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 9 } },
  { type: "message_stop" },
].map(claudeEvent);

const thinking = [
  start,
  { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "Hm." } },
  { type: "content_block_stop", index: 0 },
  { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Yes." } },
  { type: "content_block_stop", index: 1 },
  { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 9 } },
  { type: "message_stop" },
].map(claudeEvent);

const full = fullRequest("claude-sonnet-5-5");

const fullBody = {
  model: "claude-sonnet-5-5",
  system: "Be brief.",
  max_tokens: 99,
  stream: true,
  stop_sequences: ["END"],
  thinking: { type: "adaptive", display: "summarized" },
  output_config: {
    effort: "low",
    format: { type: "json_schema", schema: { type: "object", additionalProperties: false } },
  },
  tools: [{ name: "weather", description: "Tells it.", input_schema: { type: "object" } }],
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "Look" },
        { type: "image", source: { type: "base64", media_type: "image/png", data: "aGk=" } },
      ],
    },
    {
      role: "assistant",
      content: [
        { type: "tool_use", id: "a", name: "weather", input: { city: "Graz" } },
        { type: "tool_use", id: "b", name: "news", input: {} },
      ],
    },
    {
      role: "user",
      content: [
        { type: "tool_result", tool_use_id: "a", content: [{ type: "text", text: "sun" }] },
        { type: "tool_result", tool_use_id: "b", content: [{ type: "text", text: "none" }] },
      ],
    },
  ],
};
