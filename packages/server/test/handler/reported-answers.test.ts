import type { Part } from "@acc/dual-mode";
import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import { type Play, playedClient } from "../support/played-client.ts";
import { type RunningServer, runServer, token } from "../support/running-server.ts";
import { sentJson } from "../support/sse.ts";

/** Answers that other local servers told wrong. */
let running: RunningServer | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function open(play: Play) {
  running = await runServer({ clients: { p: playedClient(play).client } });
  const { url } = running;
  const post = async (path: string, body: object) => {
    const answer = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ model: "p", ...body }),
    });
    return answer.text();
  };
  return { post, openai: new OpenAI({ baseURL: `${url}/v1`, apiKey: token, maxRetries: 0 }) };
}

function plays(...parts: readonly Part[]): Play {
  return async function* ({ model }) {
    yield { type: "start", model };
    yield* parts;
  };
}

const messages = [{ role: "user" as const, content: "hi" }];

describe("a tool that takes text of any form", () => {
  const patch = plays(
    { type: "tool-input", id: "c", name: "patch", text: '{"input":"***' },
    { type: "tool-input", id: "c", name: "patch", text: '"}' },
    { type: "tool-call", id: "c", name: "patch", input: { input: "***" } },
    { type: "finish", reason: "tool-calls" },
  );
  const tools = [{ type: "custom" as const, custom: { name: "patch" } }];
  const called = { id: "c", type: "custom", custom: { name: "patch", input: "***" } };

  // BerriAI/litellm#34029
  it("is called with its text in chat completions, whole and streamed", async () => {
    const { openai } = await open(patch);
    const whole = await openai.chat.completions.create({ model: "p", messages, tools });
    expect(whole.choices[0]?.message.tool_calls).toEqual([called]);
    const stream = await openai.chat.completions.create({
      model: "p",
      messages,
      tools,
      stream: true,
    });
    const deltas = [];
    for await (const { choices } of stream) deltas.push(...(choices[0]?.delta.tool_calls ?? []));
    expect(deltas).toEqual([{ index: 0, ...called }]);
  });
});

// router-for-me/CLIProxyAPI#5439, #5836
describe("a response whose second call was cut", () => {
  const cut = plays(
    { type: "tool-input", id: "a", name: "look", text: '{"a":' },
    { type: "tool-input", id: "b", name: "look", text: '{"x' },
    { type: "tool-input", id: "a", name: "look", text: "1}" },
    { type: "tool-call", id: "a", name: "look", input: { a: 1 } },
    { type: "text", text: "So" },
    { type: "finish", reason: "length" },
  );

  it("has each of its items, and says which are not whole", async () => {
    const { post } = await open(cut);
    const events = sentJson(await post("/v1/responses", { input: "hi", stream: true }));
    const { response } = events.at(-1) as { response: { status: string; output: object[] } };
    expect(response).toMatchObject({
      status: "incomplete",
      output: [
        { type: "function_call", call_id: "a", status: "completed" },
        { type: "function_call", call_id: "b", status: "incomplete", arguments: '{"x' },
        { type: "message", status: "incomplete" },
      ],
    });
    const ended = events.filter(({ type }) => type === "response.output_item.done");
    expect(ended).toMatchObject([{ item: { call_id: "a" } }, { item: { type: "message" } }]);
  });
});

// vllm-project/vllm#45807, raullenchai/Rapid-MLX#469, invergent-ai/surogate#133
describe("an answer that a stop sequence ended", () => {
  const stopped = { stop_reason: "stop_sequence", stop_sequence: "END" };
  const met = plays(
    { type: "text", text: "So" },
    { type: "finish", reason: "stop", vendorReason: "stop_sequence", stopSequence: "END" },
  );

  it("names it, whole and streamed", async () => {
    const { post } = await open(met);
    const body = { messages, max_tokens: 9, stop_sequences: ["FIN", "END"] };
    expect(JSON.parse(await post("/v1/messages", body))).toMatchObject(stopped);
    const events = sentJson(await post("/v1/messages", { ...body, stream: true }));
    expect(events.find(({ type }) => type === "message_delta")).toMatchObject({ delta: stopped });
  });
});

describe("an answer of which nobody told the tokens", () => {
  const uncounted = plays({ type: "text", text: "So" }, { type: "finish", reason: "stop" });

  // router-for-me/CLIProxyAPI#1700, raine/claude-code-proxy#154
  it("begins in Anthropic's wire with what its request is estimated to have", async () => {
    const { post } = await open(uncounted);
    const long = [{ role: "user", content: "word ".repeat(400) }];
    const body = { messages: long, max_tokens: 9 };
    const { input_tokens } = JSON.parse(await post("/v1/messages/count_tokens", body));
    expect(input_tokens).toBeGreaterThan(400);
    const events = sentJson(await post("/v1/messages", { ...body, stream: true }));
    expect(events[0]).toMatchObject({ message: { usage: { input_tokens } } });
    expect(events.at(-2)).toMatchObject({ usage: { input_tokens, output_tokens: 0 } });
  });

  it("ends in Anthropic's wire with what was counted", async () => {
    const usage = { inputTokens: 7, outputTokens: 3 };
    const [text, end] = [
      { type: "text", text: "So" },
      { type: "finish", reason: "stop" },
    ] as const;
    const { post } = await open(plays(text, { type: "usage", usage }, end));
    const events = sentJson(await post("/v1/messages", { messages, max_tokens: 9, stream: true }));
    expect(events.at(-2)).toMatchObject({ usage: { input_tokens: 7, output_tokens: 3 } });
  });

  // router-for-me/CLIProxyAPI#1681
  it("has its counts in OpenAI's wires where clients read them", async () => {
    const { post } = await open(uncounted);
    const none = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
    const whole = JSON.parse(await post("/v1/responses", { input: "hi" }));
    expect(whole).toMatchObject({ usage: none });
    const events = sentJson(await post("/v1/responses", { input: "hi", stream: true }));
    expect(events.at(-1)).toMatchObject({ response: { usage: none } });
    const stream_options = { include_usage: true };
    const chunks = sentJson(
      await post("/v1/chat/completions", { messages, stream: true, stream_options }),
    );
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 0 } });
  });
});
