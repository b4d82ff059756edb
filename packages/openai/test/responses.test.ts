import { afterEach, describe, expect, it, vi } from "vitest";
import { outcomeOf, runContext, textOf } from "../../../test/played/run-context.ts";
import { testSdkFailures } from "../../../test/played/sdk-scene.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { sdk } from "../src/sdk/mode.ts";
import { asked, begun, completed, type Event, request, text, whole } from "./responses-scene.ts";

afterEach(() => vi.unstubAllEnvs());

testSdkFailures("openai", (context) =>
  sdk.run(request, { ...context, options: { api: "responses" } }),
);

describe("an answer", () => {
  it("comes as parts in their order, with model, id, usage and the vendor's reason", async () => {
    const server = await serve(whole);
    const context = { ...runContext(server.url), options: { api: "responses" } as const };
    const { parts } = await outcomeOf(sdk.run(request, context));
    expect(parts).toEqual([
      { type: "start", model: "gpt-6.2-sol", id: "resp_1" },
      { type: "text", text: "Good " },
      { type: "text", text: "day." },
      { type: "usage", usage: { inputTokens: 11, outputTokens: 7 } },
      { type: "finish", reason: "stop", vendorReason: "completed" },
    ]);
    expect(server.requests[0]?.path).toBe("/responses");
  });

  it("has what only its end tells, and each piece once", async () => {
    const item = { type: "message", content: [{ type: "output_text", text: "Good day." }] };
    const silent = await asked([begun, completed({ output: [item] })]);
    expect(textOf(silent.parts)).toBe("Good day.");
    const half: Event = { type: "response.output_text.delta", output_index: 0, delta: "Good " };
    const late = await asked([begun, half, completed({ output: [item] })]);
    expect(textOf(late.parts)).toBe("Good day.");
  });

  // Sophomoresty/gemini-web2api#57, KochC/opencode-llm-proxy#48
  it("has a text that is told at its end alone, and one whose end is blank", async () => {
    const done = (words: string): Event => ({ type: "response.output_text.done", text: words });
    const late = await asked([begun, done("Good day."), completed()]);
    expect(textOf(late.parts)).toBe("Good day.");
    const half: Event = { type: "response.output_text.delta", output_index: 0, delta: "Good day." };
    for (const words of ["", "Good day."]) {
      const twice = await asked([begun, half, done(words), completed()]);
      expect(textOf(twice.parts)).toBe("Good day.");
    }
  });

  // mnfst/llm-gateway#2064
  it("begins with its first piece where nothing tells that it begins", async () => {
    const piece: Event = { type: "response.output_text.delta", delta: "Good day." };
    const { parts } = await asked([piece, completed()]);
    expect(parts[0]).toMatchObject({ type: "start" });
    expect(textOf(parts)).toBe("Good day.");
  });

  it("whose pieces do not add up to it is none", async () => {
    const item = { type: "message", content: [{ type: "output_text", text: "Good day." }] };
    const lost: Event = { type: "response.output_text.delta", output_index: 0, delta: "day." };
    const { error } = await asked([begun, lost, completed({ output: [item] })]);
    expect(error).toMatchObject({
      code: "INVALID_OUTPUT",
      message: expect.stringMatching(/add up/),
    });
  });

  it("that is no stream is read as the response that it is", async () => {
    const item = { type: "message", content: [{ type: "output_text", text: "Good day." }] };
    const response = { id: "r", object: "response", model: "m", status: "completed" };
    const server = await serve((reply) => {
      reply.writeHead(200, { "content-type": "application/json" });
      reply.end(JSON.stringify({ ...response, output: [item] }));
    });
    const context = { ...runContext(server.url), options: { api: "responses" } as const };
    const { parts } = await outcomeOf(sdk.run(request, context));
    expect(textOf(parts)).toBe("Good day.");
  });

  it("cites its sources", async () => {
    const annotations = [{ type: "url_citation", url: "https://a.example", title: "A" }];
    const content = [{ type: "output_text", text: "So.", annotations }];
    const { parts } = await asked([begun, completed({ output: [{ type: "message", content }] })]);
    const source = { url: "https://a.example", title: "A" };
    expect(parts).toContainEqual({ type: "source", source });
  });

  it("counts what the cache had apart from what was read anew", async () => {
    const usage = {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 60 },
      output_tokens: 9,
      output_tokens_details: { reasoning_tokens: 4 },
    };
    const { parts } = await asked([begun, completed({ usage })]);
    expect(parts).toContainEqual({
      type: "usage",
      usage: { inputTokens: 40, cacheReadTokens: 60, outputTokens: 9, reasoningTokens: 4 },
    });
  });

  it.each([
    [{ status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }, "length"],
    [{ status: "incomplete", incomplete_details: { reason: "content_filter" } }, "content-filter"],
    [{ status: "cancelled" }, "other"],
    [
      { output: [{ type: "message", content: [{ type: "refusal", refusal: "No." }] }] },
      "content-filter",
    ],
  ])("with %j ends with the reason %s", async (members, reason) => {
    const { parts } = await asked([begun, completed(members)]);
    expect(parts.at(-1)).toMatchObject({ type: "finish", reason });
  });
});

describe("a thought", () => {
  const thought = {
    type: "reasoning",
    id: "rs_1",
    summary: [
      { type: "summary_text", text: "Hm." },
      { type: "summary_text", text: "Yes." },
    ],
    encrypted_content: "gAAA:x",
  };
  const call = {
    type: "function_call",
    id: "fc_1",
    call_id: "call_1",
    name: "now",
    arguments: "{}",
  };
  const at = { item_id: "rs_1", output_index: 0 };
  const events: Event[] = [
    begun,
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { type: "reasoning", id: "rs_1" },
    },
    { type: "response.reasoning_summary_part.added", ...at },
    { type: "response.reasoning_summary_text.delta", ...at, delta: "Hm." },
    { type: "response.reasoning_summary_part.added", ...at },
    { type: "response.reasoning_summary_text.delta", ...at, delta: "Yes." },
    { type: "response.output_item.done", output_index: 0, item: thought },
    { type: "response.output_item.done", output_index: 1, item: call },
    completed(),
  ];

  // maximhq/bifrost#5410: with an id it is looked for among what is stored
  it("comes with its encrypted form, which goes back at its place, without its id", async () => {
    const { parts } = await asked(events, { reasoning: "high" });
    const said = parts.filter(({ type }) => type === "reasoning");
    expect(said).toEqual([
      { type: "reasoning", text: "Hm." },
      { type: "reasoning", text: "\n\n" },
      { type: "reasoning", text: "Yes." },
      { type: "reasoning", text: "", signature: "openai:gpt-6.2-sol:gAAA:x" },
    ]);
    const { body } = await asked([begun, completed()], {
      messages: [
        ...request.messages,
        {
          role: "assistant",
          content: [
            {
              type: "reasoning",
              text: "Hm.\n\nYes.",
              signature: "openai:gpt-6.2-sol:gAAA:x",
            },
            { type: "tool-call", id: "call_1", name: "now", input: {} },
          ],
        },
        { role: "tool", toolCallId: "call_1", content: text("12:00") },
      ],
    });
    expect(body.input).toEqual([
      { role: "user", content: [{ type: "input_text", text: "Hello" }] },
      {
        type: "reasoning",
        summary: [{ type: "summary_text", text: "Hm.\n\nYes." }],
        encrypted_content: "gAAA:x",
      },
      { type: "function_call", call_id: "call_1", name: "now", arguments: "{}" },
      { type: "function_call_output", call_id: "call_1", output: "12:00" },
    ]);
  });

  // vercel/ai#7099: "Encrypted content is not supported with this model."
  it.each([
    ["gpt-6.2-sol", ["reasoning.encrypted_content"]],
    ["gpt-4.1", undefined],
    ["gpt-5-chat-latest", undefined],
  ])("of %s is asked for encrypted: %j", async (model, include) => {
    const { body } = await asked([begun, completed()], { model });
    expect(body.include).toEqual(include);
  });

  it.each([
    ["gpt-6.2-sol", "minimal", { effort: "none" }],
    ["gpt-6.2-sol", "max", { effort: "max", summary: "auto" }],
    ["gpt-5", "none", { effort: "minimal", summary: "auto" }],
    ["gpt-5", "max", { effort: "high", summary: "auto" }],
    ["o3", "none", { effort: "low", summary: "auto" }],
  ] as const)("of %s at the level %s is %j", async (model, reasoning, sent) => {
    const { body } = await asked([begun, completed()], { model, reasoning });
    expect(body.reasoning).toEqual(sent);
  });
});

describe("an error in mid-stream", () => {
  it.each([
    [{ type: "error", code: "rate_limit_exceeded", message: "Slow." }, "RATE_LIMITED"],
    [
      { type: "response.failed", response: { error: { code: "server_error", message: "Oh." } } },
      "SERVER_ERROR",
    ],
    [
      {
        type: "response.failed",
        response: { error: { code: "invalid_prompt", message: "It violates our usage policy." } },
      },
      "CONTENT_FILTERED",
    ],
  ])("%j is %s", async (event, code) => {
    const { error } = await asked([begun, event as Event]);
    expect(error).toMatchObject({ code });
  });

  it("a cut one is NETWORK, and none at all INVALID_OUTPUT", async () => {
    expect((await asked([begun])).error).toMatchObject({ code: "NETWORK" });
    expect((await asked([])).error).toMatchObject({ code: "INVALID_OUTPUT" });
  });
});
