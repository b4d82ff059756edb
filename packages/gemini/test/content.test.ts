import type { CanonicalMessage, UserContent } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { toContents } from "../src/sdk/contents.ts";

const text = (said: string) => ({ type: "text", text: said }) as const;
const user = (...content: UserContent[]): CanonicalMessage => ({ role: "user", content });
const partsOf = (content: UserContent, model = "gemini-2.5-flash") =>
  toContents([user(content)], model)[0]?.parts;
const file = (mediaType: string) => ({ type: "file", mediaType, data: "aGk=" }) as const;

describe("a file", () => {
  it.each(["application/pdf", "text/csv", "audio/wav", "video/mp4", "image/heic"])(
    "of %s goes as it is",
    (mimeType) =>
      expect(partsOf(file(mimeType))).toEqual([{ inlineData: { mimeType, data: "aGk=" } }]),
  );

  it("by its address is fetched by Google, from 2.5 on", () => {
    const url = "https://a.example/b.pdf";
    const linked = { type: "file", mediaType: "application/pdf", url } as const;
    const fileData = { mimeType: "application/pdf", fileUri: url };
    expect(partsOf(linked)).toEqual([{ fileData }]);
    expect(() => partsOf(linked, "gemini-2.0-flash")).toThrow("from 2.5 on");
  });

  it.each([
    [file("application/msword"), 'no file of the type "application/msword"'],
    // microsoft/vscode#286628, Mai-with-u/MaiBot#1435
    [
      { type: "image", mediaType: "image/gif", data: "aGk=" } as const,
      'no image of the type "image',
    ],
    [{ type: "image", url: "https://a.example/image?id=7" } as const, "media type of an image"],
  ])("of another type goes to another mode: %j", (content, said) => {
    const error = expect.objectContaining({
      code: "UNSUPPORTED_FEATURE",
      message: expect.stringContaining(said),
    });
    expect(() => partsOf(content)).toThrowError(error);
  });
});

it("an image by its address is of the type that its end says", () => {
  const fileUri = "https://a.example/b.JPG?size=2";
  expect(partsOf({ type: "image", url: fileUri })).toEqual([
    { fileData: { mimeType: "image/jpeg", fileUri } },
  ]);
});

describe("what a tool shows", () => {
  const call = (id: string) => ({ type: "tool-call", id, name: `look_${id}`, input: {} }) as const;
  const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
  const messages: CanonicalMessage[] = [
    user(text("Look.")),
    { role: "assistant", content: [call("a"), call("b")] },
    { role: "tool", toolCallId: "a", content: [text("one"), image, file("audio/wav")] },
    { role: "tool", toolCallId: "b", content: [text("two"), image], isError: true },
  ];
  const inlineData = { mimeType: "image/png", data: "aGk=" };

  // BerriAI/litellm#29325, NousResearch/hermes-agent#96466
  it("stands in the result that it is of, with Gemini 3", () => {
    expect(toContents(messages, "gemini-3-pro")[2]?.parts).toEqual([
      {
        functionResponse: {
          ...{ id: "a", name: "look_a", response: { result: "one" } },
          parts: [{ inlineData }],
        },
      },
      {
        functionResponse: {
          ...{ id: "b", name: "look_b", response: { error: "two" } },
          parts: [{ inlineData }],
        },
      },
      { text: "What the function look_a gave:" },
      { inlineData: { mimeType: "audio/wav", data: "aGk=" } },
    ]);
  });

  // maximhq/bifrost#4202: earlier models refuse it there, and lose it where it is left out.
  it("comes behind all results with those before", () => {
    expect(toContents(messages, "gemini-2.5-flash")[2]?.parts).toEqual([
      { functionResponse: { name: "look_a", response: { result: "one" } } },
      { functionResponse: { name: "look_b", response: { error: "two" } } },
      { text: "What the function look_a gave:" },
      { inlineData },
      { inlineData: { mimeType: "audio/wav", data: "aGk=" } },
      { text: "What the function look_b gave:" },
      { inlineData },
    ]);
  });
});
