import { describe, expect, it } from "vitest";
import type { CanonicalMessage } from "../../src/contract/canonical.ts";
import { DualModeError } from "../../src/error.ts";
import { checkMedia } from "../../src/history/check-media.ts";
import { toChatMessages } from "../../src/kit/chat-messages.ts";

const text = (said: string) => ({ type: "text", text: said }) as const;
const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
const linked = { type: "image", url: "https://a.example/b" } as const;
const pdf = { type: "file", mediaType: "application/pdf", data: "aGk=" } as const;
const call = (id: string) => ({ type: "tool-call", id, name: "look", input: {} }) as const;
const asked: CanonicalMessage[] = [
  { role: "user", content: [text("Look.")] },
  { role: "assistant", content: [call("a"), call("b"), call("c")] },
  { role: "tool", toolCallId: "a", content: [text("one"), image] },
  { role: "tool", toolCallId: "b", content: [pdf] },
  { role: "tool", toolCallId: "c", content: [text("three")], isError: true },
];
const imageUrl = { type: "image_url", image_url: { url: "data:image/png;base64,aGk=" } };

// OpenHands/OpenHands#7700, github/copilot-sdk#1922, Factory-AI/factory#31
it("what tools show comes behind the results of all calls, in one message with what the user says", () => {
  const messages = toChatMessages({
    messages: [...asked, { role: "user", content: [text("Go on.")] }],
  });
  expect(messages.slice(2)).toEqual([
    { role: "tool", tool_call_id: "a", content: "one" },
    { role: "tool", tool_call_id: "b", content: "(files)" },
    { role: "tool", tool_call_id: "c", content: "Error: three" },
    {
      role: "user",
      content: [
        text("What the tool look gave:"),
        imageUrl,
        text("What the tool look gave:"),
        {
          type: "file",
          file: { filename: "file.pdf", file_data: "data:application/pdf;base64,aGk=" },
        },
        text("Go on."),
      ],
    },
  ]);
});

it("an image by its address, a named file and a system message stand where they are", () => {
  const messages = toChatMessages({
    system: "first",
    messages: [
      { role: "user", content: [linked, { ...pdf, name: "Offer.pdf" }] },
      { role: "system", content: [text("later")] },
      { role: "user", content: [text("Go on.")] },
    ],
  });
  expect(messages).toEqual([
    { role: "system", content: "first" },
    {
      role: "user",
      content: [
        { type: "image_url", image_url: { url: "https://a.example/b" } },
        { type: "file", file: expect.objectContaining({ filename: "Offer.pdf" }) },
      ],
    },
    { role: "system", content: "later" },
    { role: "user", content: "Go on." },
  ]);
});

describe("media of a type that is not taken", () => {
  const gif = { type: "image", mediaType: "image/gif", data: "aGk=" } as const;
  const refusalOf = (content: (typeof gif | typeof pdf)[], rule: object) => {
    try {
      checkMedia([{ role: "tool", toolCallId: "a", content }], rule, "Example");
    } catch (error) {
      return error as DualModeError;
    }
  };

  it.each([
    [gif, { images: ["image/png"] }, 'takes no image of the type "image/gif"'],
    [pdf, {}, 'takes no file of the type "application/pdf"'],
    [pdf, { files: ["text/*"] }, 'takes no file of the type "application/pdf"'],
  ])("%j", (content, rule, said) => {
    const error = refusalOf([content], rule);
    expect(DualModeError.is(error) && error.code).toBe("UNSUPPORTED_FEATURE");
    expect(error?.message).toContain(`Example ${said}`);
  });

  it.each([
    [gif, {}],
    [pdf, { files: ["application/*"] }],
  ])("or that is: %j", (content, rule) => expect(refusalOf([content], rule)).toBeUndefined());
});
