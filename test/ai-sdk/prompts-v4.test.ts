import type { ModelCallOptions } from "@acc/ai-sdk";
import { describe, expect, it } from "vitest";
import { document, image, modelOf, pdf, png } from "./prompts-scene.ts";
import { bodyOf } from "./stage.ts";
import { type Version, versions } from "./versions.ts";

describe("a prompt of version 4", () => {
  const version = versions.at(-1) as Version;
  const ask = async (prompt: ModelCallOptions["prompt"]) => {
    const { model, server } = await modelOf(version);
    const { warnings } = await model.doGenerate({ prompt });
    return { messages: bodyOf(server).messages, warnings };
  };

  it("says how its data lie, and may say half of their type", async () => {
    const { messages } = await ask([
      {
        role: "user",
        content: [
          { type: "file", mediaType: "image", data: { type: "data", data: new Uint8Array(png) } },
          { type: "file", mediaType: "application/pdf", data: { type: "data", data: pdf } },
          { type: "file", mediaType: "text/csv", data: { type: "text", text: "a,b" } },
        ],
      },
    ]);
    expect(messages[0].content).toMatchObject([
      image,
      document,
      { type: "document", source: { type: "text", data: "a,b" } },
    ]);
  });

  it("sends a file of the model's own with what the user says next, and tells so", async () => {
    const { messages, warnings } = await ask([
      { role: "user", content: [{ type: "text", text: "Draw." }] },
      {
        role: "assistant",
        content: [
          { type: "text", text: "Drawn." },
          { type: "file", mediaType: "image/png", data: { type: "data", data: png } },
        ],
      },
      { role: "user", content: [{ type: "text", text: "Bluer." }] },
    ]);
    expect(messages.at(-1)).toMatchObject({ role: "user", content: [image, { text: "Bluer." }] });
    expect(warnings).toMatchObject([{ type: "compatibility" }]);
  });

  it("keeps a call that a vendor ran beside what came of it", async () => {
    const { messages } = await ask([
      { role: "user", content: [{ type: "text", text: "Search." }] },
      {
        role: "assistant",
        content: [
          {
            type: "tool-call",
            toolCallId: "s1",
            toolName: "search",
            input: { q: "x" },
            providerExecuted: true,
          },
          {
            type: "tool-result",
            toolCallId: "s1",
            toolName: "search",
            output: { type: "json", value: ["found"] },
          },
          { type: "text", text: "Found." },
        ],
      },
      { role: "user", content: [{ type: "text", text: "And now?" }] },
    ]);
    expect(JSON.stringify(messages)).toContain("found");
    expect(messages.map(({ role }: { role: string }) => role)).toEqual([
      "user",
      "assistant",
      "user",
    ]);
  });

  it("tells the model what nobody allowed", async () => {
    const { messages } = await ask([
      { role: "user", content: [{ type: "text", text: "Pay." }] },
      {
        role: "assistant",
        content: [{ type: "tool-call", toolCallId: "p1", toolName: "pay", input: {} }],
      },
      {
        role: "tool",
        content: [
          {
            type: "tool-result",
            toolCallId: "p1",
            toolName: "pay",
            output: { type: "execution-denied", reason: "too dear" },
          },
        ],
      },
    ]);
    const [result] = messages.at(-1).content;
    expect(result).toMatchObject({ type: "tool_result", is_error: true });
    expect(JSON.stringify(result)).toContain("too dear");
  });

  it("is refused where it names a file that lies with a vendor", async () => {
    const reference = { type: "reference", reference: { other: "file_1" } } as const;
    const part = { type: "file", mediaType: "image/png", data: reference } as const;
    await expect(ask([{ role: "user", content: [part] }])).rejects.toMatchObject({
      name: "AI_UnsupportedFunctionalityError",
    });
  });
});
