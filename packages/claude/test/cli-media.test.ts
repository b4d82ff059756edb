import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { cliToolsScene, request, text } from "./cli-tools-scene.ts";

const { play } = cliToolsScene();

describe("images and files", () => {
  const png = { type: "image", mediaType: "image/png", data: "iVBORw0KGgo=" } as const;
  const pdf = {
    type: "file",
    mediaType: "application/pdf",
    data: "JVBERi0=",
    name: "a.pdf",
  } as const;
  const { tools: _, ...plain } = request;

  async function sent(messages: CanonicalRequest["messages"]) {
    const { stdin, args } = (await play({ asked: { ...plain, messages } })).given();
    expect(args).toEqual(expect.arrayContaining(["--input-format", "stream-json"]));
    const lines = stdin.trim().split("\n");
    expect(lines).toHaveLength(1);
    return JSON.parse(lines[0]).message.content;
  }

  it("go in one message, where they stand", async () => {
    expect(await sent([{ role: "user", content: [text("/see"), png, text("and"), pdf] }])).toEqual([
      { type: "text", text: "\n/see" },
      { type: "image", source: { type: "base64", media_type: "image/png", data: png.data } },
      { type: "text", text: "and" },
      expect.objectContaining({
        type: "document",
        title: "a.pdf",
        source: { type: "base64", media_type: "application/pdf", data: pdf.data },
      }),
    ]);
  });

  it("stand behind a newline where no text is before them", async () => {
    const content = await sent([{ role: "user", content: [png] }]);
    expect(content.map(({ type }: { type: string }) => type)).toEqual(["text", "image"]);
    expect(content[0].text).toBe("\n");
  });

  it("of a conversation stand where its JSON has their numbers", async () => {
    const content = await sent([
      { role: "user", content: [text("One"), png] },
      { role: "assistant", content: [text("Seen.")] },
      { role: "user", content: [pdf, text("And this?")] },
    ]);
    expect(content.map(({ type }: { type: string }) => type)).toEqual([
      ...["text", "image", "text", "document", "text"],
    ]);
    expect(content[0].text).toMatch(/\{"image":1\}$/);
    expect(content[2].text).toMatch(/\{"file":2,"name":"a.pdf"\}$/);
  });
});
