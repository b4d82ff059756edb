import { describe, expect, it } from "vitest";
import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { ReasoningLevel } from "../../src/contract/request.ts";
import { toChatBody } from "../../src/kit/chat-body.ts";

const said = (text: string): CanonicalRequest["messages"] => [
  { role: "user", content: [{ type: "text", text }] },
];
const bodyOf = (members: Partial<CanonicalRequest>, forms = {}) =>
  JSON.parse(
    JSON.stringify(toChatBody({ model: "m", messages: said("Hello"), ...members }, forms)),
  );
const look = { name: "look", inputSchema: { type: "object", properties: { at: {} } } };

describe("a body of chat completions", () => {
  it.each<[Partial<CanonicalRequest>, object]>([
    [{ topK: 40 }, { top_k: 40 }],
    [{ presencePenalty: 0 }, { presence_penalty: 0 }],
    [{ frequencyPenalty: -2 }, { frequency_penalty: -2 }],
    [{ tools: [look], toolChoice: "none" }, { tool_choice: "none" }],
    [{ tools: [look], toolChoice: "required" }, { tool_choice: "required" }],
    [
      { tools: [look], toolChoice: { tool: "look" } },
      { tool_choice: { type: "function", function: { name: "look" } } },
    ],
    [{ tools: [look], parallelTools: false }, { parallel_tool_calls: false }],
    [{ schema: { type: "object" } }, { response_format: { json_schema: { name: "answer" } } }],
    [
      { schema: { type: "object" }, schemaName: "city" },
      { response_format: { json_schema: { name: "city" } } },
    ],
    [{ json: true }, { response_format: { type: "json_object" } }],
    [{ vendor: { chat_template_kwargs: { a: 1 } } }, { chat_template_kwargs: { a: 1 } }],
  ])("carries %j", (members, sent) => {
    expect(bodyOf(members)).toMatchObject(sent);
  });

  // SamSaffron/term-llm#276: what was not asked for is the server's own to choose.
  it("has no member that nobody asked for", () => {
    const members = ["messages", "model", "stream", "stream_options"];
    expect(Object.keys(bodyOf({})).sort()).toEqual(members);
    expect(Object.keys(bodyOf({ tools: [look] })).sort()).toEqual([...members, "tools"]);
  });

  it("closes the objects of a strict tool, and of no other", () => {
    const [strict, loose] = bodyOf({ tools: [{ ...look, strict: true }, look] }).tools;
    expect(strict.function).toMatchObject({
      strict: true,
      parameters: { additionalProperties: false },
    });
    expect(loose.function).not.toHaveProperty("strict");
    expect(loose.function.parameters).not.toHaveProperty("additionalProperties");
  });

  // OpenAI: "'messages' must contain the word 'json' in some form"; autogenhub/autogen#77
  it("says that JSON is wanted where no message does", () => {
    const roles = (members: object) =>
      bodyOf({ json: true, ...members }).messages.map((each: { content: string }) => each.content);
    expect(roles({})).toEqual(["Answer in JSON.", "Hello"]);
    expect(roles({ system: "Brief." })).toEqual(["Brief.\n\nAnswer in JSON.", "Hello"]);
    expect(roles({ messages: said("As Json, please") })).toEqual(["As Json, please"]);
  });

  it("asks for a level as it was given, or the nearest that the server has", () => {
    const levels: ReasoningLevel[] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];
    const efforts = (reasoningLevels?: unknown) =>
      levels.map((reasoning) => bodyOf({ reasoning }, { reasoningLevels }).reasoning_effort);
    expect(efforts()).toEqual(levels);
    const nearest = ["low", "low", "low", "high", "high", "high", "high"];
    expect(efforts(["low", "high"])).toEqual(
      nearest.map((level, at) => (at === 3 ? "low" : level)),
    );
    expect(efforts((model: string) => [model === "m" ? "high" : "low"])).toEqual(
      levels.map(() => "high"),
    );
  });

  it.each(["model", "messages", "stream", "stream_options", "n"])(
    "lets nobody lay another %s into it",
    (name) => {
      expect(() => bodyOf({ vendor: { [name]: 2 } })).toThrow(`request.vendor.….${name}`);
    },
  );
});
