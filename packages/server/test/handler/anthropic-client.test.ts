import { DualModeError } from "@acc/dual-mode";
import Anthropic from "@anthropic-ai/sdk";
import { afterEach, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { fails, gives, hangs, type Play, playedClient, says } from "../support/played-client.ts";
import { type RunningServer, runServer } from "../support/running-server.ts";

let running: RunningServer | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(play: Play) {
  const played = playedClient(play);
  running = await runServer({ clients: { p: played.client }, models: { "claude-*": "p/model-2" } });
  const { url, token } = running;
  const anthropic = new Anthropic({ baseURL: url, apiKey: token, maxRetries: 0 });
  return { ...played, anthropic, running };
}

const ask = {
  model: "claude-any",
  max_tokens: 99,
  messages: [{ role: "user", content: "hi" }],
} satisfies Anthropic.MessageCreateParamsNonStreaming;
const tools = [{ name: "look", input_schema: { type: "object" } }] satisfies Anthropic.Tool[];
const called = { type: "tool-call", id: "c1", name: "look", input: { at: "x" } } as const;
const thought = { type: "reasoning", text: "Hm.", signature: "p:1" } as const;
const busy = new DualModeError("OVERLOADED", "Busy.");

describe("Anthropic's client", () => {
  it("has an answer, whole and streamed", async () => {
    const { anthropic, asked } = await start(says("Hel", "lo"));
    const whole = await anthropic.messages.create(ask);
    const streamed = await anthropic.messages.stream(ask).finalMessage();
    for (const message of [whole, streamed]) {
      expect(message).toMatchObject({
        content: [{ type: "text", text: "Hello" }],
        stop_reason: "end_turn",
        usage: { input_tokens: 7, output_tokens: 3, cache_read_input_tokens: 5 },
      });
    }
    expect(asked[0]).toMatchObject({ model: "model-2", maxOutputTokens: 99 });
  });

  it("sends its token as a bearer too, and asks with a beta", async () => {
    const { running } = await start(says("a"));
    const { url, token } = running;
    const client = new Anthropic({ baseURL: url, authToken: token, apiKey: null, maxRetries: 0 });
    const answer = await client.beta.messages.create({ ...ask, betas: ["any-2026-01-01"] });
    expect(answer.content).toMatchObject([{ text: "a" }]);
  });

  it("thinks and calls tools, and gives the results back", async () => {
    const { anthropic, asked } = await start(gives(thought, called));
    const thinking = { type: "enabled", budget_tokens: 1024 } as const;
    const options = { ...ask, max_tokens: 2_048, tools, thinking };
    const message = await anthropic.messages.stream(options).finalMessage();
    expect(message.stop_reason).toBe("tool_use");
    expect(message.content).toEqual([
      { type: "thinking", thinking: "Hm.", signature: "p:1" },
      { type: "tool_use", id: "c1", name: "look", input: { at: "x" } },
    ]);
    const result = { type: "tool_result", tool_use_id: "c1", content: "seen" } as const;
    const history: Anthropic.MessageParam[] = [
      ...ask.messages,
      { role: "assistant", content: message.content },
      { role: "user", content: [result] },
    ];
    await anthropic.messages.create({ ...options, messages: history });
    expect(asked[1]?.messages[1]).toMatchObject({
      content: [
        { type: "reasoning", signature: "p:1" },
        { type: "tool-call", id: "c1" },
      ],
    });
  });

  it("has a failure before the first piece as a status", async () => {
    const { anthropic } = await start(fails(busy));
    for (const stream of [false, true]) {
      const error = await anthropic.messages.create({ ...ask, stream }).catch((each) => each);
      expect(error).toBeInstanceOf(Anthropic.APIError);
      expect(error).toMatchObject({ status: 529, type: "overloaded_error" });
      expect(error.requestID).toMatch(/^[\w-]{36}$/);
    }
  });

  it("throws for a failure in mid-stream", async () => {
    const { anthropic } = await start(fails(busy, { type: "text", text: "Hel" }));
    const stream = anthropic.messages.stream(ask);
    await expect(stream.finalMessage()).rejects.toThrow("Busy.");
  });

  it("ends the call upstream as it leaves", async () => {
    const signals: AbortSignal[] = [];
    const play = hangs({ type: "text", text: "Hel" });
    const { anthropic } = await start((request, signal) => {
      signals.push(signal);
      return play(request, signal);
    });
    const stream = anthropic.messages.stream(ask);
    stream.on("text", () => stream.abort());
    await expect(stream.finalMessage()).rejects.toBeInstanceOf(Anthropic.APIUserAbortError);
    await eventually(() => signals[0]?.aborted).toBe(true);
  });

  it("counts tokens, and lists models in its own shape", async () => {
    const { anthropic, asked } = await start(says("a"));
    const { model, messages } = ask;
    const one = await anthropic.messages.countTokens({ model, messages });
    const content = "A longer question than the one before. ".repeat(20);
    const more = await anthropic.messages.countTokens({
      model,
      messages: [{ role: "user", content }],
    });
    expect(one.input_tokens).toBeGreaterThan(0);
    expect(more.input_tokens).toBeGreaterThan(100);
    expect(asked).toEqual([]);
    const { data, has_more } = await anthropic.models.list();
    expect(data.map(({ id, type }) => [id, type])).toEqual([
      ["p/model-1", "model"],
      ["p/model-2", "model"],
    ]);
    expect(has_more).toBe(false);
    expect(await anthropic.models.retrieve("p/model-1")).toMatchObject({ type: "model" });
  });

  it("is refused without the token, in its own form", async () => {
    const { url } = (await start(says("a"))).running;
    const stranger = new Anthropic({ baseURL: url, apiKey: "sk-no", maxRetries: 0 });
    await expect(stranger.messages.create(ask)).rejects.toMatchObject({
      status: 401,
      type: "authentication_error",
    });
  });
});
