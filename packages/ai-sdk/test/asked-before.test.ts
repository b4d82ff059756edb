import type { ChatRequest, Message } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { AskedBefore } from "../src/asked-before.ts";

const user = (content: string): Message => ({ role: "user", content });
const system = (content: string): Message => ({ role: "system", content });

function question(members: Partial<ChatRequest> = {}): ChatRequest {
  return { messages: [system("Be brief."), user("What is safe?")], ...members };
}

describe("a question that was asked before", () => {
  it("is the same object, frozen throughout", () => {
    const before = new AskedBefore();
    const first = before.same(question({ model: "m", temperature: 0.5 }));
    expect(first).toEqual(question({ model: "m", temperature: 0.5 }));
    expect([first, first.messages, ...first.messages].every(Object.isFrozen)).toBe(true);
    expect(before.same(question({ temperature: 0.5, model: "m" }))).toBe(first);
  });

  const known = question({ model: "m", temperature: 0, sample: 1 });
  it.each<[string, ChatRequest]>([
    ["another last text", { ...known, messages: [system("Be brief."), user("What is true?")] }],
    ["another first text", { ...known, messages: [system("Be long."), user("What is safe?")] }],
    ["another role of it", { ...known, messages: [user("Be brief."), user("What is safe?")] }],
    [
      "another role of the last",
      { ...known, messages: [system("Be brief."), system("What is safe?")] },
    ],
    ["a message less", { ...known, messages: [user("What is safe?")] }],
    ["a message more", { ...known, messages: [user("Hi"), ...known.messages] }],
    ["its last message twice", { ...known, messages: [...known.messages, user("What is safe?")] }],
    ["another model", { ...known, model: "n" }],
    ["another setting", { ...known, temperature: 1 }],
    ["a setting of another sign", { ...known, temperature: -0 }],
    ["another sample", { ...known, sample: 2 }],
    ["a setting more", { ...known, seed: 1 }],
    ["a setting less", question({ model: "m", temperature: 0 })],
    ["another setting in one's place", question({ model: "m", temperature: 0, seed: 1 })],
    [
      "one that is not set in one's place",
      question({ model: "m", temperature: 0, ...({ seed: undefined } as object) }),
    ],
    ["JSON asked for", { ...known, json: true }],
  ])("is another with %s", (_, other) => {
    const before = new AskedBefore();
    before.same(structuredClone(known));
    expect(before.same(other)).toBe(other);
    expect(before.same(structuredClone(other))).toBe(other);
  });

  it.each<[string, ChatRequest]>([
    ["pieces", { messages: [{ role: "user", content: [{ type: "text", text: "a" }] }] }],
    ["earlier pieces", { messages: [{ role: "assistant", content: [] }, user("a")] }],
    ["a tool's result", { messages: [{ role: "tool", toolCallId: "1", content: "a" }] }],
    ["tools", question({ tools: [{ name: "t", inputSchema: { type: "object" } }] })],
    ["a schema", question({ schema: { jsonSchema: {}, validate: String } as never })],
    ["words to stop at", question({ stop: ["."] })],
    ["members of a vendor's", question({ vendor: { claude: { a: 1 } } })],
    ["more than is kept", question({ messages: [system("a".repeat(2_097_152)), user("a")] })],
    ["no messages", question({ messages: [] })],
  ])("is not kept with %s", (_, asked) => {
    const before = new AskedBefore();
    const again = { ...asked };
    expect(before.same(asked)).toBe(asked);
    expect(before.same(again)).toBe(again);
  });
});

/** A question that holds about a 200th of what is held. */
const long = (at: number) => question({ messages: [user(`${at} ${"a".repeat(10_000)}`)] });

describe("a question of a long text", () => {
  const ended = (beginning: string) =>
    question({ messages: [user(beginning + "a".repeat(20_000))] });

  it("is the same object too", () => {
    const before = new AskedBefore();
    const first = before.same(ended("b"));
    expect(before.same(ended("b"))).toBe(first);
  });

  it("is another with another beginning", () => {
    const before = new AskedBefore();
    before.same(ended("b"));
    const other = ended("c");
    expect(before.same(other)).toBe(other);
  });
});

describe("of many questions", () => {
  it("the oldest are forgotten", () => {
    const before = new AskedBefore();
    const first = before.same(long(0));
    for (let at = 1; at < 250; at++) before.same(long(at));
    expect(before.same(long(0))).not.toBe(first);
  });

  it("one that is asked in another way counts once", () => {
    const before = new AskedBefore();
    const first = before.same(long(0));
    for (let at = 1; at < 250; at++) before.same({ ...long(1), seed: at });
    expect(before.same(long(0))).toBe(first);
  });

  it("short ones are forgotten too, for each holds more than its text", () => {
    const before = new AskedBefore();
    const short = (at: number) => question({ messages: [user(`${at}`)] });
    const first = before.same(short(0));
    for (let at = 1; at < 12_000; at++) before.same(short(at));
    expect(before.same(short(0))).not.toBe(first);
  });
});
