import { DualModeError } from "@acc/dual-mode";
import OpenAI from "openai";
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
  running = await runServer({ clients: { p: played.client } });
  const { url, token } = running;
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: token, maxRetries: 0 });
  return { ...played, openai, running };
}

const messages = [{ role: "user", content: "hi" }] as const;
const ask = { model: "p/model-2", messages: [...messages] };
const tool = {
  type: "function",
  function: { name: "look", parameters: { type: "object", properties: {} } },
} as const;
const called = { type: "tool-call", id: "c1", name: "look", input: { at: "x" } } as const;
const busy = new DualModeError("OVERLOADED", "Busy.", { retryAfter: 1_500 });

describe("OpenAI's client, chat completions", () => {
  it("has an answer, and is told how it came about", async () => {
    const { openai, asked } = await start(says("Hel", "lo"));
    const { data, response } = await openai.chat.completions
      .create({ ...ask, temperature: 0.5 })
      .withResponse();
    expect(data.choices[0]).toMatchObject({
      message: { role: "assistant", content: "Hello", refusal: null },
      finish_reason: "stop",
    });
    expect(data.usage).toMatchObject({ prompt_tokens: 12, completion_tokens: 3 });
    expect(asked[0]).toMatchObject({ model: "model-2", temperature: 0.5 });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "x-acc-mode": "sdk",
      "x-acc-cached": "false",
      "x-acc-attempts": "1",
      "x-acc-provider": expect.stringContaining("played"),
      "x-request-id": expect.stringMatching(/^[\w-]{36}$/),
    });
  });

  it("has a stream, with usage where it asks for it", async () => {
    const { openai } = await start(says("Hel", "lo"));
    const stream = await openai.chat.completions.create({
      ...ask,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe("Hello");
    expect(usage).toMatchObject({ total_tokens: 15 });
  });

  it("calls tools, and gives their results back", async () => {
    const { openai, asked } = await start(gives(called));
    const run = openai.chat.completions.stream({ ...ask, tools: [tool] });
    const { message, finish_reason } = (await run.finalChatCompletion()).choices[0] ?? {};
    expect(finish_reason).toBe("tool_calls");
    expect(message?.tool_calls?.[0]).toMatchObject({
      id: "c1",
      function: { name: "look", arguments: '{"at":"x"}' },
    });
    const result = { role: "tool", tool_call_id: "c1", content: "seen" } as const;
    const history = [...messages, message as OpenAI.ChatCompletionMessage, result];
    const next = await openai.chat.completions.create({ ...ask, messages: history, tools: [tool] });
    expect(next.choices[0]?.message).toMatchObject({ content: null });
    expect(asked[1]?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
  });

  it("sends images and asks for JSON of a shape", async () => {
    const { openai, asked } = await start(says('{"a":1}'));
    const url = `data:image/png;base64,${Buffer.from("png").toString("base64")}`;
    const content = [{ type: "image_url" as const, image_url: { url } }];
    const schema = { type: "object", properties: { a: { type: "number" } } };
    const { choices } = await openai.chat.completions.parse({
      ...ask,
      messages: [{ role: "user", content }],
      response_format: { type: "json_schema", json_schema: { name: "a", schema } },
    });
    expect(choices[0]?.message.parsed).toEqual({ a: 1 });
    expect(asked[0]).toMatchObject({
      schema,
      messages: [{ content: [{ type: "image", mediaType: "image/png" }] }],
    });
  });

  it("has a failure before the first piece as a status, and is told not to try again", async () => {
    const { openai, running } = await start(fails(busy));
    for (const stream of [false, true]) {
      const error = await openai.chat.completions.create({ ...ask, stream }).catch((each) => each);
      expect(error).toBeInstanceOf(OpenAI.APIError);
      expect(error).toMatchObject({ status: 503, code: "overloaded", type: "server_error" });
      expect(error.requestID).toMatch(/^[\w-]{36}$/);
      expect(error.headers.get("x-should-retry")).toBe("false");
      expect(error.headers.get("retry-after")).toBe("2");
      expect(error.headers.get("retry-after-ms")).toBe("1500");
    }
    expect(running.calls.map(({ status, code }) => [status, code])).toEqual([
      [503, "OVERLOADED"],
      [503, "OVERLOADED"],
    ]);
  });

  it("has a failure in mid-stream as an error that it throws", async () => {
    const { openai, running } = await start(fails(busy, { type: "text", text: "Hel" }));
    const stream = await openai.chat.completions.create({ ...ask, stream: true });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const chunk of stream) seen.push(chunk.choices[0]?.delta.content);
    })();
    await expect(reading).rejects.toBeInstanceOf(OpenAI.APIError);
    expect(seen).toEqual(["Hel"]);
    expect(running.calls).toMatchObject([{ status: 503, code: "OVERLOADED" }]);
  });

  it.each([true, false])("ends the call upstream as it leaves (stream: %s)", async (stream) => {
    const signals: AbortSignal[] = [];
    const play = hangs({ type: "text", text: "Hel" });
    const { openai, running } = await start((request, signal) => {
      signals.push(signal);
      return play(request, signal);
    });
    const leaving = new AbortController();
    const call = openai.chat.completions.create({ ...ask, stream }, { signal: leaving.signal });
    const read = (async () => {
      const answer = await call;
      if (Symbol.asyncIterator in answer) for await (const _ of answer) leaving.abort();
    })();
    read.catch(() => {});
    await eventually(() => signals.length).toBe(1);
    if (!stream) leaving.abort();
    await eventually(() => signals[0]?.aborted).toBe(true);
    await eventually(() => running.calls).toMatchObject([{ status: 499, code: "ABORTED" }]);
    await read.catch(() => {});
  });

  it("hears which models there are when it asks for one that there is not", async () => {
    const { openai } = await start(says("a"));
    const error = await openai.chat.completions
      .create({ ...ask, model: "nobody" })
      .catch((each) => each);
    expect(error).toMatchObject({ status: 404, code: "model_not_found" });
    expect(error.message).toContain("p/model-1");
    const listed = (await openai.models.list()).data.map(({ id }) => id);
    expect(listed).toEqual(["p/model-1", "p/model-2"]);
    expect(await openai.models.retrieve("p/model-2")).toMatchObject({ object: "model" });
    await expect(openai.models.retrieve("nobody")).rejects.toMatchObject({ status: 404 });
  });

  it("is refused without the token", async () => {
    const { url } = (await start(says("a"))).running;
    const stranger = new OpenAI({ baseURL: `${url}/v1`, apiKey: "sk-no", maxRetries: 0 });
    await expect(stranger.chat.completions.create(ask)).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
    await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  });
});

describe("OpenAI's client, responses", () => {
  it("has an answer, whole and streamed", async () => {
    const { openai } = await start(says("Hel", "lo"));
    const whole = await openai.responses.create({ model: "p", input: "hi" });
    expect(whole).toMatchObject({ status: "completed", output_text: "Hello" });
    const streamed = await openai.responses.stream({ model: "p", input: "hi" }).finalResponse();
    expect(streamed).toMatchObject({ status: "completed", output_text: "Hello" });
    expect(streamed.usage).toMatchObject({ input_tokens: 12, output_tokens: 3 });
  });

  it("calls a function, and gives its output back", async () => {
    const { openai, asked } = await start(gives(called));
    const tools = [{ ...tool.function, type: "function", strict: false }] as const;
    const first = await openai.responses
      .stream({ model: "p", input: "hi", tools: [...tools] })
      .finalResponse();
    expect(first.output).toMatchObject([
      { type: "function_call", call_id: "c1", name: "look", arguments: '{"at":"x"}' },
    ]);
    const output = { type: "function_call_output", call_id: "c1", output: "seen" } as const;
    const input = [
      { role: "user", content: "hi" } as const,
      ...(first.output as OpenAI.Responses.ResponseInputItem[]),
      output,
    ];
    await openai.responses.create({ model: "p", input, tools: [...tools] });
    expect(asked[1]?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
  });

  it("throws for a failure in mid-stream, as for one before", async () => {
    const { openai } = await start(fails(busy, { type: "text", text: "Hel" }));
    const stream = await openai.responses.create({ model: "p", input: "hi", stream: true });
    const types: string[] = [];
    const reading = (async () => {
      for await (const { type } of stream) types.push(type);
    })();
    await expect(reading).rejects.toThrow("Busy.");
    expect(types).toContain("response.output_text.delta");
    await running?.close();
    const { openai: other } = await start(fails(busy));
    await expect(other.responses.create({ model: "p", input: "hi" })).rejects.toMatchObject({
      status: 503,
    });
  });
});
