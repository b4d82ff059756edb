import { describe, expect, it } from "vitest";
import type { Message } from "../../src/contract/request.ts";
import { canonicalRequest } from "../../src/request/canonical-request.ts";
import { call, calls, canonical, history, refusal, result, text, user } from "./history-scene.ts";

const half = "\ud83c";

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

  it("of a tool that gave nothing is not text at all", () => {
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
