import type { RunContext } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { dataEvent, plays, playsEvents } from "../../../scripts/vendor-answers.ts";
import { dummyKey, outcomeOf, runContext, textOf } from "../../../test/played/run-context.ts";
import { fullRequest, plainRequest, sampling } from "../../../test/played/sample-request.ts";
import { askedAstray, testSdkAnswers, testSdkFailures } from "../../../test/played/sdk-scene.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { sdk } from "../src/sdk/mode.ts";

const request = plainRequest("openai/gpt-oss-120b");

describe("an answer", () => {
  // The SDK's types: "an error string indicating why a stream was stopped early".
  it("that its last chunk says was stopped early is none", async () => {
    const server = await serve(
      playsEvents([
        dataEvent({ model: "m", choices: [{ delta: { content: "half" } }] }),
        dataEvent({
          choices: [{ delta: {}, finish_reason: "stop" }],
          x_groq: { error: "over capacity" },
        }),
      ]),
    );
    const { error } = await outcomeOf(sdk.run(request, runContext(server.url)));
    expect(error).toMatchObject({
      code: "OVERLOADED",
      message: expect.stringMatching(/over cap/),
    });
  });

  it("may be tool calls, whose arguments come in pieces", async () => {
    const server = await serve(playsEvents(toolCalls));
    const { parts } = await outcomeOf(sdk.run(request, runContext(server.url)));
    expect(parts.slice(1, -1)).toEqual([
      { type: "tool-input", id: "call_a", name: "weather", text: '{"city"' },
      { type: "tool-input", id: "call_a", name: "weather", text: ':"Graz"}' },
      { type: "tool-call", id: "call_a", name: "weather", input: { city: "Graz" } },
      { type: "tool-call", id: "call_b", name: "now", input: {} },
    ]);
    expect(parts.at(-1)).toEqual({
      type: "finish",
      reason: "tool-calls",
      vendorReason: "tool_calls",
    });
  });

  it("brings reasoning apart from the text", async () => {
    const events = [chunk({ delta: { reasoning: "Hm." } }), chunk({ delta: { content: "Yes." } })];
    const server = await serve(playsEvents([...events, chunk({ finish_reason: "length" })]));
    const { parts } = await outcomeOf(sdk.run(request, runContext(server.url)));
    expect(parts).toContainEqual({ type: "reasoning", text: "Hm." });
    expect(textOf(parts)).toBe("Yes.");
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "length", vendorReason: "length" });
  });
});

describe("the request", () => {
  it("carries everything that the mode supports", async () => {
    const server = await serve(plays("groq", "ok"));
    await outcomeOf(sdk.run(full, runContext(server.url)));
    expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual(fullBody);
  });

  it.each([
    ["qwen/qwen3-32b", "default"],
    ["qwen/qwen3.8-27b", "high"],
  ])("lets %s reason as it can", async (model, reasoning_effort) => {
    const server = await serve(plays("groq", "ok"));
    await outcomeOf(sdk.run({ ...request, model, reasoning: "high" }, runContext(server.url)));
    expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({
      reasoning_effort,
      reasoning_format: "parsed",
    });
  });

  it("is bound to its route whatever the environment says", async () => {
    const ask = (context: RunContext<object>) => outcomeOf(sdk.run(request, context));
    const { headers, path } = await askedAstray("groq", plays("groq", "ok"), ask);
    expect(headers).toMatchObject({ authorization: `Bearer ${dummyKey}` });
    expect(path).toBe("/openai/v1/chat/completions");
  });
});

describe("a failure", () => {
  it("in mid-stream has the code of its kind", async () => {
    const error = { message: "try later", type: "internal_server_error" };
    const server = await serve(playsEvents([dataEvent({ error })]));
    const outcome = await outcomeOf(sdk.run(request, runContext(server.url)));
    expect(outcome.error).toMatchObject({ code: "SERVER_ERROR" });
  });
});

testSdkAnswers("groq", (context) => sdk.run(request, context), {
  id: "chatcmpl_1",
  stop: "stop",
  filtered: "content_filter",
});
testSdkFailures("groq", (context) => sdk.run(request, context));

function chunk(choice: object): string {
  const choices = [{ index: 0, delta: {}, finish_reason: null, ...choice }];
  return dataEvent({ id: "chatcmpl_1", model: "played", choices });
}

const call = (index: number, more: object) =>
  chunk({ delta: { tool_calls: [{ index, ...more }] } });

const toolCalls = [
  call(0, { id: "call_a", function: { name: "weather", arguments: '{"city"' } }),
  call(0, { function: { arguments: ':"Graz"}' } }),
  call(1, { id: "call_b", function: { name: "now" } }),
  chunk({ finish_reason: "tool_calls" }),
];

const full = { ...fullRequest("openai/gpt-oss-120b"), ...sampling };

const fullBody = {
  model: "openai/gpt-oss-120b",
  stream: true,
  temperature: 0.2,
  top_p: 0.5,
  max_completion_tokens: 99,
  seed: 7,
  stop: ["END"],
  reasoning_effort: "low",
  response_format: {
    type: "json_schema",
    json_schema: { name: "answer", schema: { type: "object" } },
  },
  tools: [
    {
      type: "function",
      function: {
        name: "weather",
        description: "Tells it.",
        parameters: { type: "object", properties: {} },
      },
    },
  ],
  messages: [
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "text", text: "Look" },
        { type: "image_url", image_url: { url: "data:image/png;base64,aGk=" } },
      ],
    },
    {
      role: "assistant",
      content: "",
      tool_calls: [
        {
          id: "a",
          type: "function",
          function: { name: "weather", arguments: '{"city":"Graz"}' },
        },
        { id: "b", type: "function", function: { name: "news", arguments: "{}" } },
      ],
    },
    { role: "tool", tool_call_id: "a", content: "sun" },
    { role: "tool", tool_call_id: "b", content: "none" },
  ],
};
