import { describe, expect, it } from "vitest";
import type { Message } from "../../src/contract/request.ts";
import { calls, history, refusal, result, text, user } from "./history-scene.ts";

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
      refusal('request.messages[3]: the call "x" already has a result.'),
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
