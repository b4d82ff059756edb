import { describe, expect, it } from "vitest";
import { call, canonical, history, refusal, text, user } from "./history-scene.ts";

describe("a call", () => {
  const turn = (message: object) =>
    history(user("a"), { role: "assistant", ...message }, user("b"))[1];

  it("beside the content is the same as one in it", () => {
    const plain = { id: "x", name: "weather", input: {} };
    const expected = { role: "assistant", content: [text("I look."), call("x")] };
    expect(turn({ content: "I look.", toolCalls: [plain] })).toEqual(expected);
    expect(turn({ content: [text("I look.")], toolCalls: [plain] })).toEqual(expected);
    expect(turn({ content: [text("I look."), call("x")] })).toEqual(expected);
    expect(turn({ content: [text("I look."), call("x")], toolCalls: [plain] })).toEqual(expected);
  });

  it.each([
    [undefined, {}],
    [null, {}],
    ['{"city":"Graz"}', { city: "Graz" }],
    // langchain#33896, jcode#225: what Groq sends for a tool without parameters, kept as it came.
    ["", {}],
    ["null", {}],
    ["Graz", { input: "Graz" }],
    [[1], { input: [1] }],
    [{ at: new Date(0), no: undefined }, { at: "1970-01-01T00:00:00.000Z" }],
  ])("has an object for its input, whatever the model made of it: %j", (input, expected) => {
    expect(turn({ content: [call("x", "weather", input)] })).toMatchObject({
      content: [{ input: expected }],
    });
  });

  it("keeps a member of the name __proto__ for what it is", () => {
    const input = JSON.parse('{"__proto__":{"a":1}}');
    const { content } = turn({ content: [call("x", "weather", input)] }) ?? {};
    expect(JSON.stringify(content)).toContain('"input":{"__proto__":{"a":1}}');
  });

  it("is refused where its input is text that is nested without end", () => {
    const input = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const toolCalls = [{ id: "x", name: "weather", input }];
    expect(() => turn({ content: "", toolCalls })).toThrowError(
      refusal("request.messages[1].toolCalls[0].input is nested too deep."),
    );
  });

  const circle: { self?: unknown } = {};
  circle.self = circle;
  let laughs: unknown = "ha";
  for (let times = 0; times < 30; times++) laughs = [laughs, laughs];
  function gives(this: unknown) {
    return this;
  }
  const throws = () => {
    throw new TypeError("of the caller's own");
  };
  it.each([
    ["a bigint", { n: [1n] }, ".n[0] is a bigint, which JSON cannot hold."],
    ["a function", { f: () => {} }, ".f is a function, which JSON cannot hold."],
    ["no number", { n: Number.NaN }, ".n is NaN, which JSON cannot hold."],
    ["a map", { m: new Map() }, ".m is a Map, which JSON cannot hold."],
    ["itself", circle, "is nested too deep, or holds itself."],
    ["more than memory holds", { laughs }, "is too large to be sent."],
    ["what gives itself for ever", { me: { toJSON: gives } }, ".me.toJSON is a function,"],
    ["what throws where it is read", { me: { toJSON: throws } }, ".me cannot be read."],
  ])("is refused where its input holds %s", (_, input, message) => {
    const refused = refusal(message);
    expect(() => turn({ content: [call("x", "weather", input)] })).toThrowError(refused);
    expect(() => turn({ content: "", toolCalls: [{ id: "x", name: "w", input }] })).toThrowError(
      refusal("request.messages[1].toolCalls[0].input"),
    );
    const tools = [{ name: "weather", inputSchema: input as never }];
    expect(() => canonical({ messages: [user("a")], tools })).toThrowError(refused);
  });
});

it("leaves out a tool's description that says nothing", () => {
  const tools = [{ name: "weather", description: " ", inputSchema: {} }];
  expect(canonical({ messages: [user("a")], tools }).tools).toEqual([
    { name: "weather", inputSchema: {} },
  ]);
});

it("refuses two tools of one name", () => {
  const tool = { name: "weather", inputSchema: {} };
  expect(() => canonical({ messages: [user("a")], tools: [tool, tool] })).toThrowError(
    refusal('request.tools[1].name: request.tools[0] has the name "weather" too.'),
  );
});
