import { describe, expect, it } from "vitest";
import type { ChatRequest, Message } from "../../src/contract/request.ts";
import { canonicalRequest } from "../../src/request/canonical-request.ts";

const half = "\ud83c";
const user = (content: string): Message => ({ role: "user", content });
const text = (said: string) => ({ type: "text", text: said }) as const;
const call = (id: string, name = "weather", input: unknown = {}) =>
  ({ type: "tool-call", id, name, input }) as const;
const result = (toolCallId: string, content: string): Message => ({
  role: "tool",
  toolCallId,
  content,
});
const calls = (...ids: string[]): Message => ({
  role: "assistant",
  content: ids.map((id) => call(id)),
});
const canonical = (request: ChatRequest) => canonicalRequest(request, {}, "model-1").canonical;
const history = (...messages: unknown[]) => canonical({ messages } as ChatRequest).messages;
const refusal = (message: string) =>
  expect.objectContaining({
    code: "INVALID_REQUEST",
    message: expect.stringContaining(message),
  });

describe("text", () => {
  // claude-code#3277, opencode#13985: "no low surrogate in string", from a text cut within an emoji.
  it("is well-formed wherever it goes out", () => {
    const cut = `a${half}`;
    const request = canonical({
      model: cut,
      system: cut,
      stop: [cut],
      tools: [
        { name: "weather", description: cut, inputSchema: { enum: [cut], [cut]: { a: cut } } },
      ],
      schema: { jsonSchema: { const: cut, [cut]: [cut] }, validate: (value) => value },
      messages: [
        user(cut),
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: cut, signature: cut },
            text(cut),
            { ...call(cut, cut, { [cut]: [{ deep: cut }] }), signature: cut },
          ],
        },
        result(cut, cut),
        { role: "user", content: [text(cut)] },
      ],
    });
    expect(JSON.stringify(request)).not.toContain("\\ud83c");
    expect(JSON.stringify(request).match(/a\ufffd/g)).toHaveLength(22);
  });

  it("stays as it is where it is whole", () => {
    expect(history(user("a🎉"))).toEqual([{ role: "user", content: [text("a🎉")] }]);
  });

  // claude-code#59812, litellm#22979: "text content blocks must be non-empty".
  it("is never blank, and loses nothing that parts two words", () => {
    const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
    expect(
      history(
        { role: "user", content: [text(" "), text("a"), text("\n"), text("b"), image, text("")] },
        { role: "assistant", content: [text(""), text("c"), { type: "reasoning", text: " " }] },
        user("d"),
      ),
    ).toEqual([
      { role: "user", content: [text("a\n"), text("b"), image] },
      { role: "assistant", content: [text("c")] },
      { role: "user", content: [text("d")] },
    ]);
  });

  it("of a tool that gave nothing is no text at all", () => {
    expect(history(user("a"), calls("x"), result("x", " \n")).at(-1)).toEqual({
      role: "tool",
      toolCallId: "x",
      content: [],
    });
  });
});

describe("a turn that says nothing", () => {
  // hermes-agent#69517: one empty turn, and every later request of the conversation is refused.
  it.each([
    ["an assistant's", { role: "assistant", content: "" }],
    ["an assistant's, of white space", { role: "assistant", content: [text("\n ")] }],
    [
      "an assistant's, broken off in its thought",
      { role: "assistant", content: [{ type: "reasoning", text: "Hm", signature: "x:y" }] },
    ],
    ["a user's that is not the last", user("")],
  ])("is left out: %s", (_, empty) => {
    expect(history(user("a"), empty, user("b"))).toEqual([
      { role: "user", content: [text("a")] },
      { role: "user", content: [text("b")] },
    ]);
  });

  it("is left out where a client put one behind the question for the answer to come", () => {
    expect(history(user("a"), { role: "assistant", content: "" })).toHaveLength(1);
  });

  it("is refused where it is the question", () => {
    expect(() => history(user("a"), user(" "))).toThrowError(
      refusal("request.messages[1].content must not be empty."),
    );
    expect(() => history({ role: "assistant", content: "" })).toThrowError(
      refusal("request.messages: must hold a user message."),
    );
  });

  it("is no system prompt", () => {
    const messages: Message[] = [{ role: "system", content: " " }, user("a")];
    expect(canonical({ system: "", messages })).not.toHaveProperty("system");
    expect(canonicalRequest({ system: "", messages }, { system: "x" }, "m").canonical).toEqual({
      model: "m",
      messages: [{ role: "user", content: [text("a")] }],
    });
  });
});

describe("what tools gave", () => {
  const given = (...messages: Message[]) =>
    history(user("a"), ...messages).map((message) =>
      message.role === "tool"
        ? `${message.toolCallId}=${message.content.map((each) => Reflect.get(each, "text"))}`
        : message.content
            .map((each) => (each.type === "tool-call" ? each.id : Reflect.get(each, "text")))
            .join(),
    );

  // token-js#36, CLIProxyAPI#5199: results come as they resolve, and change places at Gemini.
  it("stands behind its turn, in the order of the calls", () => {
    expect(given(calls("x", "y"), result("y", "2"), result("x", "1"), user("b"))).toEqual([
      "a",
      "x,y",
      "x=1",
      "y=2",
      "b",
    ]);
    expect(
      given(calls("x", "y"), result("y", "2"), user("b"), result("x", "1"), user("c")),
    ).toEqual(["a", "x,y", "x=1", "y=2", "b", "c"]);
  });

  // langchainjs#10145, opencode#1150: call_1 in each turn.
  it("belongs to the call of its own turn, whose id becomes its own", () => {
    expect(
      given(
        calls("call_1", "call_2"),
        result("call_2", "2"),
        result("call_1", "1"),
        calls("call_1"),
        result("call_1", "3"),
        calls("call_1", ""),
        result("", "5"),
        result("call_1", "4"),
      ),
    ).toEqual([
      ...["a", "call_1,call_2", "call_1=1", "call_2=2", "call_1_2", "call_1_2=3"],
      ...["call_1_3,call", "call_1_3=4", "call=5"],
    ]);
  });

  it("is told apart by its order where a server gave one id to parallel calls", () => {
    expect(given(calls("x", "x"), result("x", "1"), result("x", "2"))).toEqual([
      "a",
      "x,x_2",
      "x=1",
      "x_2=2",
    ]);
  });

  // gemini-cli#16543, vscode#299295: calls without a response, left by an interruption.
  it("is said to be missing where the conversation went on without it", () => {
    expect(given(calls("x", "y"), result("y", "2"), user("never mind"))).toEqual([
      "a",
      "x,y",
      "x=No result: the call was interrupted.",
      "y=2",
      "never mind",
    ]);
    expect(history(user("a"), calls("x"), user("b"))[2]).toMatchObject({ isError: true });
  });

  it("must be there where the history ends with it", () => {
    expect(() => given(calls("x", "y"), result("y", "2"))).toThrowError(
      refusal('request.messages[1]: the call "x" of the tool "weather" has no result.'),
    );
    expect(() => given(calls("x"))).toThrowError(
      refusal("request.messages[1].role: the last message must be the user's or a tool's."),
    );
  });

  it("must answer a call, and once", () => {
    expect(() => given(result("x", "1"))).toThrowError(
      refusal('request.messages[1].toolCallId: no message before it calls a tool with the id "x".'),
    );
    expect(() => given(calls("x"), result("x", "1"), result("x", "2"))).toThrowError(
      refusal('request.messages[3]: the call "x" has another result already.'),
    );
    expect(given(calls("x"), result("x", "1"), result("x", "1"))).toEqual(["a", "x", "x=1"]);
  });

  // markform#153, oh-my-pi#2250: "content cannot be empty if `is_error` is true".
  it("says something where the tool failed", () => {
    const failed = { role: "tool", toolCallId: "x", content: " ", isError: true };
    expect(history(user("a"), calls("x"), failed).at(-1)).toMatchObject({
      content: [text("The tool failed.")],
      isError: true,
    });
  });

  it("may be texts and images, and a failure", () => {
    const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
    const tool = { role: "tool", toolCallId: "x", content: [text("see"), image], isError: true };
    expect(history(user("a"), calls("x"), tool).at(-1)).toEqual(tool);
    expect(history(user("a"), calls("x"), { ...tool, isError: false }).at(-1)).not.toHaveProperty(
      "isError",
    );
  });
});

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
