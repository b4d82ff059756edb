import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FileContent, ImageContent, UserContent } from "../../src/contract/request.ts";
import { canonicalRequest } from "../../src/request/canonical-request.ts";

const png = Buffer.from("89504e470d0a1a0a00000000fbffbf", "hex");
const jpeg = Buffer.from("ffd8ffe000104a46494600", "hex");
const pdf = Buffer.from("%PDF-1.7\n>>>??>");
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

function canonical(piece: unknown): UserContent | undefined {
  const messages = [{ role: "user", content: [piece as UserContent] }] as const;
  const message = canonicalRequest({ messages }, {}, "m").canonical.messages[0];
  return message?.role === "user" ? message.content[0] : undefined;
}
const image = (members: object) => canonical({ type: "image", ...members });
const file = (members: object) => canonical({ type: "file", ...members });

describe("bytes in one spelling", () => {
  const plain = base64(pdf);
  const spellings: Record<string, string> = {
    "lines, as the command base64 writes them": `${plain.slice(0, 8)}\n${plain.slice(8)}\r\n`,
    "no padding": plain.replace(/=+$/, ""),
    base64url: plain.replaceAll("+", "-").replaceAll("/", "_"),
    // google-gemini/deprecated-generative-ai-js#307: sent as it is, the prefix is refused.
    "a data URL": `data:application/pdf;base64,${plain}`,
  };

  it.each(Object.keys(spellings))("%s", (name) => {
    const data = spellings[name];
    expect(file({ mediaType: "application/pdf", data })).toEqual({
      type: "file",
      mediaType: "application/pdf",
      data: plain,
    });
  });

  it("whatever bytes there are, they stay themselves", () => {
    const property = fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
      const spelt = { data: Buffer.from(bytes).toString("base64url"), mediaType: "audio/wav" };
      const { data } = file(spelt) as FileContent;
      expect(Buffer.from(data ?? "", "base64")).toEqual(Buffer.from(bytes));
      expect(data).toBe(base64(bytes));
    });
    fc.assert(property);
  });

  it.each([
    ["no!base64", '.data is not base64: "!" is not part of it (character 3).'],
    ["QUJD=QUJD", ".data is not base64: there is more behind its end."],
    ["QUJDR", ".data is not base64: its end is cut off."],
    ["", ".data must not be empty."],
    [" \n", ".data must not be empty."],
    ["/home/me/report.pdf", '.data is not base64: "." is not part of it (character 16).'],
    ["data:application/pdf,plain", ".data is a data URL that is not base64."],
    ["data:text/html;base64,QUJD", '.data begins with "data:text/html", and mediaType is'],
  ])("%j is refused", (data, said) => {
    expect(() => file({ mediaType: "application/pdf", data })).toThrow(
      `request.messages[0].content[0]${said}`,
    );
  });

  it("more than any vendor takes is refused before it is copied", () => {
    const data = "A".repeat(150_000_004);
    expect(() => file({ mediaType: "application/pdf", data })).toThrow("more than 100 MB");
  });
});

describe("the media type", () => {
  // vybestack/llxprt-code#2130: "specified using the image/jpeg media type, but appears to be image/png"
  it("is the one that the bytes show", () => {
    const shown: ImageContent = { type: "image", mediaType: "image/png", data: base64(png) };
    expect(image({ mediaType: "image/jpeg", data: base64(png) })).toEqual(shown);
    expect(image({ data: base64(png) })).toEqual(shown);
    expect(file({ mediaType: "image/png", name: "a.png", data: base64(png) })).toEqual(shown);
  });

  it.each([
    // brianpetro/obsidian-smart-connections#1238
    ["image/jpg", { type: "image", mediaType: "image/jpeg", data: base64(jpeg) }],
    ["application/octet-stream", { type: "image", mediaType: "image/jpeg", data: base64(jpeg) }],
  ])("of a file, %s is read as it is meant", (mediaType, expected) => {
    const read = file({ mediaType, data: base64(jpeg) });
    if (mediaType.startsWith("image")) expect(read).toEqual(expected);
    else expect(read).toMatchObject({ mediaType: "image/jpeg", type: "image" });
  });

  it("has no parameters", () => {
    const data = base64(Buffer.from("hello"));
    const read = file({ mediaType: "Text/Plain; charset=utf-8", name: "a.txt", data });
    expect(read).toEqual({ type: "file", mediaType: "text/plain", data, name: "a.txt" });
  });

  it.each([
    [{ mediaType: "pdf", data: "QUJD" }, '.mediaType must be a media type, as "application/pdf".'],
    [{ mediaType: "a/b", data: "QUJD", name: "x".repeat(256) }, ".name must be at most 255."],
    [{ mediaType: "a/b" }, ".data or url must be given, and not both."],
    [{ mediaType: "a/b", data: "QUJD", url: "https://a.example" }, ".data or url must be given"],
  ])("%j is refused", (members, said) => {
    expect(() => file(members)).toThrow(`request.messages[0].content[0]${said}`);
  });
});

describe("an address", () => {
  it("of an image stays one, and is spelt in one way", () => {
    expect(image({ url: " HTTPS://Example.com/a b.png" })).toEqual({
      type: "image",
      url: "https://example.com/a%20b.png",
    });
    expect(file({ mediaType: "image/png", url: "https://a.example/x" })).toEqual({
      type: "image",
      mediaType: "image/png",
      url: "https://a.example/x",
    });
  });

  // OpenAI's image_url takes data URLs, and callers carry them over.
  it("that is a data URL is the bytes in it", () => {
    const held = { type: "image", mediaType: "image/png", data: base64(png) };
    expect(image({ url: `data:image/png;base64,${base64(png)}` })).toEqual(held);
  });

  it.each(["file:///etc/passwd", "gs://bucket/a.pdf", "/tmp/a.png", "blob:https://a/b", "ftp://a"])(
    "%s is refused",
    (url) => {
      const said = "request.messages[0].content[0].url must be an http or https address.";
      expect(() => image({ url })).toThrow(said);
    },
  );

  it("of endless length is refused", () => {
    expect(() => image({ url: `https://a.example/${"x".repeat(9_000)}` })).toThrow("8192");
  });
});
