import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ChatRequest } from "../../src/contract/request.ts";
import { canonicalRequest } from "../../src/request/canonical-request.ts";

const canonical = (input: unknown, defaults = {}) =>
  canonicalRequest(input as ChatRequest, defaults, "model-1").canonical;
const user = { role: "user", content: "hi" };

describe("canonicalRequest", () => {
  it("gives a string and its long form the same form", () => {
    const expected = {
      model: "model-1",
      messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }],
    };
    expect(canonical("hi")).toEqual(expected);
    expect(canonical({ messages: [user] })).toEqual(expected);
    expect(
      canonical({ messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }] }),
    ).toEqual(expected);
  });

  it("merges defaults under the request and joins system messages", () => {
    const request = {
      messages: [{ role: "system", content: "two" }, user],
      system: "one",
      temperature: 0,
    };
    expect(canonical(request, { temperature: 1, topP: 0.5 })).toMatchObject({
      system: "one\n\ntwo",
      temperature: 0,
      topP: 0.5,
    });
    expect(canonical("hi", { system: "be brief" }).system).toBe("be brief");
  });

  it("leaves metadata out and takes undefined for absent", () => {
    const form = canonical({ messages: [user], metadata: { trace: "1" }, temperature: undefined });
    expect(Object.keys(form).sort()).toEqual(["messages", "model"]);
  });

  it("takes a zod schema as JSON Schema", async () => {
    const { canonical: form, schema } = canonicalRequest(
      { messages: [{ role: "user", content: "hi" }], schema: z.object({ a: z.number() }) },
      {},
      "model-1",
    );
    expect(form.schema).toMatchObject({ type: "object", required: ["a"] });
    await expect(schema?.validate({ a: 1 })).resolves.toEqual({ a: 1 });
    await expect(schema?.validate({ a: "1" })).rejects.toThrow();
  });

  it("takes what the system says as a string or as a list of texts", () => {
    const said = (content: unknown) => [{ role: "system", content }, user];
    const texts = [
      { type: "text", text: "Be " },
      { type: "text", text: "short." },
    ];
    expect(canonical({ messages: said(texts) })).toEqual(
      canonical({ messages: said("Be short.") }),
    );
    const late = canonical({ messages: [user, ...said(texts)] }).messages[1];
    expect(late).toEqual({ role: "system", content: texts });
  });

  it.each([
    [42, "prompt must be a string or a request, not number."],
    [null, "prompt must be a string or a request, not null."],
    ["", "prompt must not be empty."],
    ["  \n", "prompt must not be empty."],
    [{ messages: [] }, "request.messages must be at least 1."],
    [{}, "request.messages must be an array."],
    [{ messages: [user], temprature: 1 }, 'request has no member "temprature".'],
    [{ messages: [user], temperature: 3 }, "request.temperature must be at most 2."],
    [{ messages: [user], temperature: "1" }, "request.temperature must be a number."],
    [{ messages: [user], reasoning: "lots" }, 'request.reasoning must be one of "none", "minimal"'],
    [{ messages: [{ role: "user" }] }, "request.messages[0].content"],
    [
      { messages: [{ role: "user", content: [{ type: "text", text: 1 }] }] },
      "request.messages[0].content[0].text must be a string.",
    ],
    [
      { messages: [{ role: "user", content: "" }] },
      "request.messages[0].content must not be empty.",
    ],
    [
      { messages: [{ role: "boss", content: "x" }] },
      'request.messages[0].role must be one of "system", "user", "assistant", "tool".',
    ],
    [{ messages: ["hi"] }, "request.messages[0] must be an object."],
    [{ messages: [user, null] }, "request.messages[1] must be an object."],
    [
      { messages: [Object.assign([], { role: "user", content: "hi" })] },
      "request.messages[0] must be an object.",
    ],
    [{ messages: [{ ...user, role: 1 }] }, "request.messages[0].role must be one of"],
    [{ messages: [{ ...user, name: "x" }] }, 'request.messages[0] has no member "name".'],
    [{ messages: [{ ...user, content: 1 }] }, "request.messages[0].content must be a string."],
    [
      { messages: [{ role: "user", content: [{ type: "audio" }] }] },
      "request.messages[0].content[0].type",
    ],
    [
      { messages: [{ role: "tool", content: "4" }] },
      "request.messages[0].toolCallId must be a string.",
    ],
    [
      { messages: [user, { role: "assistant", content: "a", toolCalls: [{ id: "1" }] }] },
      "request.messages[1].toolCalls[0].name must be a string.",
    ],
    [{ messages: user }, "request.messages must be an array."],
    [[user], "request must be an object."],
    [
      { messages: [{ role: "user", content: [{ type: "image", mediaType: "image/png" }] }] },
      "request.messages[0].content[0].data or url must be given",
    ],
    [
      { messages: [{ role: "user", content: [{ type: "image", data: "aGk=" }] }] },
      "request.messages[0].content[0].mediaType must say what the data are.",
    ],
    [
      {
        messages: [
          {
            role: "user",
            content: [{ type: "file", mediaType: "application/pdf", url: "file:///etc/passwd" }],
          },
        ],
      },
      "request.messages[0].content[0].url",
    ],
    [{ messages: [user], toolChoice: "required" }, "request.toolChoice: a call is required"],
    [
      { messages: [user], tools: [{ name: "a", inputSchema: {} }], toolChoice: { tool: "b" } },
      'request.toolChoice.tool: no tool of the request has the name "b".',
    ],
    [
      {
        messages: [user, { role: "assistant", content: "a" }, { role: "system", content: "b" }],
      },
      "request.messages[1].role: the last message must be the user's or a tool's.",
    ],
    [
      {
        messages: [
          { role: "user", content: " " },
          { role: "system", content: "only" },
        ],
      },
      "request.messages: must hold a user message.",
    ],
    [
      { messages: [user, { role: "assistant", content: "a" }] },
      "request.messages[1].role: the last message",
    ],
    [
      { messages: [{ role: "system", content: "only" }] },
      "request.messages: must hold a user message.",
    ],
    [{ messages: [user], schema: {} }, "request.schema must be a Standard Schema"],
  ])("refuses %j", (input, message) => {
    expect(() => canonical(input)).toThrowError(
      expect.objectContaining({
        code: "INVALID_REQUEST",
        message: expect.stringContaining(message),
      }),
    );
  });
});
