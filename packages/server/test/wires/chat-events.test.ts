import { describe, expect, it } from "vitest";
import { readChat } from "../../src/wires/chat-completions/read-chat.ts";
import { call, called, made, piece, stop, text, usage, written } from "../support/parts.ts";
import { sentEvents, sentJson } from "../support/sse.ts";

const events = (members: object = {}) =>
  readChat({ model: "m", messages: [{ role: "user", content: "hi" }], ...members }).events(made);
const withUsage = { stream_options: { include_usage: true } };
const deltas = (body: string) => sentJson(body).map(({ choices }) => choices[0]?.delta);

describe("parts as chunks of chat completions", () => {
  it("are data lines alone, with [DONE] at the end, once", () => {
    const body = written(events(), text("a"), text("b"), stop);
    expect(sentEvents(body).every(({ event }) => event === undefined)).toBe(true);
    expect(
      sentEvents(body)
        .map(({ data }) => data)
        .filter((data) => data === "[DONE]"),
    ).toHaveLength(1);
    expect(body.endsWith("data: [DONE]\n\n")).toBe(true);
  });

  it("have the role in the first delta alone, and a reason in the last alone", () => {
    const chunks = sentJson(written(events(), text("a"), text("b"), stop));
    expect(chunks.map(({ choices: [{ delta }] }) => delta)).toEqual([
      { role: "assistant", content: "a" },
      { content: "b" },
      {},
    ]);
    expect(chunks.map(({ choices: [{ finish_reason }] }) => finish_reason)).toEqual([
      null,
      null,
      "stop",
    ]);
    const common = { id: "chatcmpl-1-2", object: "chat.completion.chunk", created: 1_700_000_000 };
    for (const chunk of chunks) expect(chunk).toMatchObject({ ...common, model: "real-1" });
    for (const chunk of chunks) expect(chunk).not.toHaveProperty("usage");
  });

  it("tell usage where it is asked for, in a last chunk without a choice, and null before", () => {
    const chunks = sentJson(written(events(withUsage), text("a"), usage, stop));
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: {
        prompt_tokens: 12,
        completion_tokens: 3,
        total_tokens: 15,
        prompt_tokens_details: { cached_tokens: 5 },
        completion_tokens_details: { reasoning_tokens: 1 },
      },
    });
    expect(chunks.slice(0, -1).map((chunk) => chunk.usage)).toEqual([null, null]);
  });

  it("give a call an index, with its id and name first and a function in each (ollama/ollama#7881)", () => {
    const body = written(
      events(),
      piece("x", '{"a"'),
      piece("x", ":1}"),
      call("x"),
      call("y"),
      called,
    );
    const calls = deltas(body).flatMap((delta) => delta.tool_calls ?? []);
    expect(calls).toEqual([
      { index: 0, id: "x", type: "function", function: { name: "look", arguments: '{"a"' } },
      { index: 0, function: { arguments: ":1}" } },
      { index: 1, id: "y", type: "function", function: { name: "look", arguments: '{"a":1}' } },
    ]);
    expect(sentJson(body).at(-1).choices[0].finish_reason).toBe("tool_calls");
  });

  it("write the arguments of a call of which no piece came, or an empty one", () => {
    const body = written(events(), piece("x", ""), call("x", {}), called);
    const written_ = deltas(body).flatMap((delta) => delta.tool_calls ?? []);
    expect(written_.map((each) => each.function.arguments).join("")).toBe("{}");
  });

  it("send the proof of a call beside it, to come back with it", () => {
    const signed = { ...call("x"), signature: "p:1" } as never;
    const [delta] = deltas(written(events(), signed, called));
    expect(delta.tool_calls[0].extra_content).toEqual({ acc: { signature: "p:1" } });
  });

  it("tell thoughts apart from the text", () => {
    const thought = { type: "reasoning", text: "Hm." } as const;
    expect(deltas(written(events(), thought, text("a"), stop))).toEqual([
      { role: "assistant", reasoning_content: "Hm." },
      { content: "a" },
      {},
    ]);
  });

  it("say who speaks also in an empty answer", () => {
    expect(deltas(written(events(), stop))).toEqual([{ role: "assistant", content: "" }]);
  });

  it("name the model of the last start: what began before it failed", () => {
    const open = events();
    open.part({ type: "start", model: "failed-1" });
    expect(sentJson(written(open, text("a"), stop))[0].model).toBe("real-1");
  });

  it("end a failure with the error, all of whose members are there", () => {
    const failed = events().fail({ code: "OVERLOADED", message: "Busy." });
    expect(sentEvents(failed)).toEqual([
      {
        data: JSON.stringify({
          error: { message: "Busy.", type: "server_error", param: null, code: "overloaded" },
        }),
      },
    ]);
  });
});
