import { describe, expect, it } from "vitest";
import { messagesWire } from "../../src/wires/messages/messages-wire.ts";
import { call, called, made, piece, stop, text, usage, written } from "../support/parts.ts";
import { sentEvents, sentJson } from "../support/sse.ts";
import { ask, asked, thinking, user } from "./asked-messages.ts";

const types = (body: string) => sentJson(body).map(({ type }) => type);

describe("parts as events of messages", () => {
  it("come in the one order that clients read", () => {
    const body = written(asked().events(made), text("a"), text("b"), usage, stop);
    expect(sentEvents(body).map(({ event }) => event)).toEqual(types(body));
    expect(types(body)).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    const [start] = sentJson(body);
    expect(start.message).toMatchObject({
      id: "msg_1-2",
      model: "real-1",
      content: [],
      stop_reason: null,
    });
    expect(sentJson(body).at(-2)).toEqual({
      type: "message_delta",
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: {
        input_tokens: 7,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 5,
        output_tokens: 3,
      },
    });
  });

  it("begin once, also where an attempt began before and failed", () => {
    const events = asked().events(made);
    events.part({ type: "start", model: "failed-1" });
    const body = written(events, text("a"), stop);
    expect(types(body).filter((type) => type === "message_start")).toHaveLength(1);
  });

  it("end a thought with its signature, and one without with a mark that is read as none", () => {
    const thought = (signature?: string) =>
      ({ type: "reasoning", text: "Hm.", ...(signature && { signature }) }) as const;
    const signatures = (body: string) =>
      sentJson(body).flatMap(({ delta }) =>
        delta?.type === "signature_delta" ? [delta.signature] : [],
      );
    expect(
      signatures(written(asked(thinking).events(made), thought("p:1"), text("a"), stop)),
    ).toEqual(["p:1"]);
    const [mark] = signatures(written(asked(thinking).events(made), thought(), text("a"), stop));
    expect(mark).not.toBe("");
    const back = {
      role: "assistant",
      content: [{ type: "thinking", thinking: "Hm.", signature: mark }],
    };
    expect(ask({ messages: [user, back] }).messages[1]).toEqual({
      role: "assistant",
      content: [{ type: "reasoning", text: "Hm." }],
    });
  });

  it("tell a thought that is a proof alone, and take it back (BerriAI/litellm#38809)", () => {
    const proof = { type: "reasoning", text: "", signature: "p:1" } as const;
    const body = written(asked(thinking).events(made), proof, text("a"), stop);
    expect(sentJson(body)[1].content_block).toMatchObject({ type: "thinking", thinking: "" });
    expect(body).toContain('"signature":"p:1"');
    const block = { type: "thinking", thinking: "", signature: "p:1" };
    const back = { role: "assistant", content: [block] };
    expect(ask({ messages: [user, back] }).messages[1]?.content).toEqual([proof]);
  });

  it("end without OpenAI's [DONE] (alexazhou/gt_ai_gateway#14)", () => {
    expect(written(asked().events(made), text("a"), stop)).not.toContain("[DONE]");
  });

  it("tell no thoughts to who did not ask for any: the first block is read as text", () => {
    const body = written(asked().events(made), { type: "reasoning", text: "Hm." }, text("a"), stop);
    expect(body).not.toContain("thinking");
  });

  it("write one call after the other, also where their pieces and some text come at once", () => {
    const body = written(
      asked().events(made),
      piece("x", '{"a"'),
      piece("y", '{"b"'),
      text("meanwhile"),
      piece("x", ":1}"),
      piece("y", ":2}"),
      call("x", { a: 1 }),
      call("y", { b: 2 }),
      called,
    );
    const blocks = new Map<number, string>();
    let open: number | undefined;
    for (const event of sentJson(body)) {
      if (event.type === "content_block_start") {
        expect(open).toBeUndefined();
        open = event.index;
        blocks.set(event.index, "");
      } else if (event.type === "content_block_delta") {
        expect(event.index).toBe(open);
        const { partial_json = "", text: said = "" } = event.delta;
        blocks.set(event.index, `${blocks.get(event.index)}${partial_json}${said}`);
      } else if (event.type === "content_block_stop") open = undefined;
    }
    expect([...blocks.values()].sort()).toEqual(["meanwhile", '{"a":1}', '{"b":2}']);
    expect(sentJson(body).at(-2).delta.stop_reason).toBe("tool_use");
  });

  it.each([
    ["OVERLOADED", 529, "overloaded_error"],
    ["RATE_LIMITED", 429, "rate_limit_error"],
    ["MODEL_NOT_FOUND", 404, "not_found_error"],
    ["INVALID_REQUEST", 400, "invalid_request_error"],
    ["DEADLINE_EXCEEDED", 504, "timeout_error"],
  ])("tell %s as %i %s", (code, status, type) => {
    const failure = { code, message: "No." };
    expect(messagesWire.status(failure)).toBe(status);
    const error = { type, message: "No." };
    expect(messagesWire.failure(failure, "r-1")).toEqual({
      type: "error",
      error,
      request_id: "r-1",
    });
    const [event] = sentEvents(asked().events(made).fail(failure));
    expect(event).toEqual({ event: "error", data: JSON.stringify({ type: "error", error }) });
  });

  it("tell a conversation that is too long in the words that Claude Code looks for", () => {
    const failure = { code: "CONTEXT_TOO_LONG", message: "Too many tokens." };
    expect(messagesWire.failure(failure, "r")).toMatchObject({
      error: { message: expect.stringContaining("prompt is too long") },
    });
  });
});
