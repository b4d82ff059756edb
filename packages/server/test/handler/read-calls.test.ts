import { expect, test, vi } from "vitest";
import { ReadCalls } from "../../src/handler/read-calls.ts";
import { chatWire } from "../../src/wires/chat-completions/chat-wire.ts";
import { messagesWire } from "../../src/wires/messages/messages-wire.ts";
import type { WireCall } from "../../src/wires/wire.ts";

const bodyOf = (content: string) =>
  JSON.stringify({ model: "p", max_tokens: 9, messages: [{ role: "user", content }] });

test("a body that came before is read once by each wire", () => {
  const reader = new ReadCalls();
  const read = vi.spyOn(chatWire, "read");
  const first = reader.read(chatWire, bodyOf("a"));
  expect(reader.read(chatWire, bodyOf("a"))).toBe(first);
  expect(reader.read(messagesWire, bodyOf("a"))).not.toBe(first);
  expect(reader.read(chatWire, bodyOf("b"))).not.toBe(first);
  expect(read).toHaveBeenCalledTimes(2);
});

test("what is kept cannot be changed", () => {
  const reader = new ReadCalls();
  const { request } = reader.read(chatWire, bodyOf("a")) as WireCall;
  expect(Object.isFrozen(request)).toBe(true);
  expect(request.messages.every((message) => Object.isFrozen(message))).toBe(true);
});

test("no more is kept than a bound, and nothing that is long", () => {
  const reader = new ReadCalls();
  const first = reader.read(chatWire, bodyOf("first"));
  for (let count = 0; count < 64; count += 1) reader.read(chatWire, bodyOf(`n${count}`));
  expect(reader.read(chatWire, bodyOf("first"))).not.toBe(first);
  const long = bodyOf("x".repeat(20_000));
  expect(reader.read(chatWire, long)).not.toBe(reader.read(chatWire, long));
});

test("what cannot be read is refused each time", () => {
  const reader = new ReadCalls();
  for (const _ of [1, 2]) {
    expect(reader.read(chatWire, "{")).toMatchObject({ refusal: { status: 400 } });
    expect(() => reader.read(chatWire, "{}")).toThrow("model");
  }
});
