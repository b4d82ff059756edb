import type { CanonicalMessage, UserContent } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { sdk } from "../src/sdk/mode.ts";
import { takesSystemTurns } from "../src/sdk/system-turns.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const text = (said: string) => ({ type: "text", text: said }) as const;
const user = (...content: UserContent[]): CanonicalMessage => ({ role: "user", content });
const says = (said: string): CanonicalMessage => ({ role: "assistant", content: [text(said)] });
const system = (said: string): CanonicalMessage => ({ role: "system", content: [text(said)] });

/** Asks the SDK, and gives the messages that the server received. */
async function ask(messages: readonly CanonicalMessage[], model = "claude-sonnet-5-5") {
  const server = await serve(plays("claude", "ok"));
  const { error } = await outcomeOf(sdk.run({ model, messages }, runContext(server.url)));
  const [request] = server.requests;
  return { error, messages: request && JSON.parse(request.body).messages };
}

const pdf = {
  type: "file",
  mediaType: "application/pdf",
  data: "JVBERi0=",
  name: "Offer.pdf",
} as const;

describe("a file", () => {
  it("that is a PDF is a document, by its bytes or its address", async () => {
    // 0xPlaygrounds/rig#2165: the API takes a PDF by its address.
    const linked = { ...pdf, data: undefined, url: "https://a.example/b.pdf" } as const;
    const { messages } = await ask([user(pdf, linked, text("Compare."))]);
    expect(messages[0].content).toEqual([
      {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: "JVBERi0=" },
        title: "Offer.pdf",
      },
      {
        type: "document",
        source: { type: "url", url: "https://a.example/b.pdf" },
        title: "Offer.pdf",
      },
      { type: "text", text: "Compare." },
    ]);
  });

  // langchain-ai/langchain#37576: base64 of any other type is refused.
  it.each(["text/plain", "text/csv", "text/markdown", "application/json"])(
    "of %s is a document of plain text",
    async (mediaType) => {
      const { messages } = await ask([user({ type: "file", mediaType, data: base64("a,ü\n1,2") })]);
      const source = { type: "text", media_type: "text/plain", data: "a,ü\n1,2" };
      expect(messages[0].content).toEqual([{ type: "document", source }]);
    },
  );

  it.each([
    [{ ...pdf, mediaType: "audio/wav" }, 'no file of the type "audio/wav" (Offer.pdf)'],
    [
      { type: "file", mediaType: "text/plain", url: "https://a.example/b" } as const,
      'no file of the type "text/plain" by its address',
    ],
    [{ type: "file", mediaType: "text/plain", data: "/////w==" } as const, "UTF-8"],
    [{ type: "file", mediaType: "text/plain", data: base64(" \n") } as const, "is blank"],
  ])("of another kind goes to another mode: %j", async (file, said) => {
    const { error, messages } = await ask([user(file)]);
    expect(error).toMatchObject({
      code: "UNSUPPORTED_FEATURE",
      message: expect.stringContaining(said),
    });
    expect(messages).toBeUndefined();
  });

  const image = { type: "image", url: "https://a.example/b.png" } as const;
  const result = async (content: readonly UserContent[], isError: boolean) => {
    const call = { type: "tool-call", id: "a", name: "look", input: {} } as const;
    const { messages } = await ask([
      user(text("Look.")),
      { role: "assistant", content: [call] },
      { role: "tool", toolCallId: "a", content, ...(isError && { isError }) },
    ]);
    return messages[2].content;
  };
  const shown = [
    { type: "image", source: { type: "url", url: "https://a.example/b.png" } },
    expect.objectContaining({ type: "document", title: "Offer.pdf" }),
  ];

  it("stands in a tool's result, as an image does", async () => {
    expect(await result([text("half"), image, pdf], false)).toEqual([
      { type: "tool_result", tool_use_id: "a", content: [text("half"), ...shown] },
    ]);
  });

  it.each([
    ["half", [text("half"), image, pdf]],
    ["The tool failed.", [image, pdf]],
  ])(
    "stands behind a failure, which holds text alone (vellum-ai/vellum-assistant#18387): %s",
    async (said, content) => {
      expect(await result(content, true)).toEqual([
        { type: "tool_result", tool_use_id: "a", content: [text(said)], is_error: true },
        text("What the tool look gave:"),
        ...shown,
      ]);
    },
  );
});

// BerriAI/litellm#33807, langchain-ai/langchainjs#11472, anthropics/claude-code#61412
describe("a system message behind the first turn", () => {
  it("stands behind the user's turn that it is about", async () => {
    const { messages } = await ask([
      user(text("a")),
      says("b"),
      system("Be brief."),
      user(text("c")),
    ]);
    expect(messages.map(({ role }: { role: string }) => role)).toEqual([
      "user",
      "assistant",
      "user",
      "system",
    ]);
    expect(messages.at(-1).content).toEqual([{ type: "text", text: "Be brief." }]);
  });

  it("never stands beside another, and never between a call and its result", async () => {
    const call = { type: "tool-call", id: "a", name: "look", input: {} } as const;
    const { messages } = await ask([
      user(text("a")),
      { role: "assistant", content: [call] },
      { role: "tool", toolCallId: "a", content: [text("seen")] },
      system("One."),
      user(text("b")),
      system("Two."),
      says("c"),
      user(text("d")),
    ]);
    expect(messages.map(({ role }: { role: string }) => role).join()).toBe(
      "user,assistant,user,system,assistant,user",
    );
    expect(messages[2].content).toHaveLength(2);
    expect(messages[3].content).toEqual([text("One."), text("\n\nTwo.")]);
  });

  it.each([[[user(text("a")), system("b"), user(text("c"))], "claude-haiku-4-5"]])(
    "goes to another mode where the API refuses it",
    async (messages, model) => {
      const { error, messages: sent } = await ask(messages, model);
      expect(error).toMatchObject({ code: "UNSUPPORTED_FEATURE" });
      expect(sent).toBeUndefined();
    },
  );

  it.each([
    ["claude-opus-4-8", true],
    ["claude-opus-4-10-20270101", true],
    ["claude-sonnet-5", true],
    ["claude-haiku-5-5", true],
    ["claude-opus-4-7", false],
    ["claude-opus-4-20250514", false],
    ["claude-sonnet-4-5-20250929", false],
    ["claude-3-7-sonnet-latest", false],
    ["claude-mythos-preview", false],
    ["a-gateway-s-own-name", true],
  ])("%s: %s", (model, takes) => expect(takesSystemTurns(model)).toBe(takes));
});
