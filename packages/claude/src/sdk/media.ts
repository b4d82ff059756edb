import { DualModeError, type MediaRule, type UserContent } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

type MediaBlock = Anthropic.ImageBlockParam | Anthropic.DocumentBlockParam;

/**
 * The media that the Messages API accepts: PDF, and any text as a plain text document. From a URL
 * it fetches only PDF. https://platform.claude.com/docs/en/build-with-claude/pdf-support
 */
export const media: MediaRule = {
  files: ["application/pdf", "text/*", "application/json", "application/xml", "application/yaml"],
  fileUrls: ["application/pdf"],
};

export function toMediaBlock(content: Exclude<UserContent, { type: "text" }>): MediaBlock {
  if (content.type === "image") return { type: "image", source: imageSource(content) };
  const { name } = content;
  return { type: "document", source: documentSource(content), ...(name && { title: name }) };
}

function imageSource(
  image: Extract<UserContent, { type: "image" }>,
): Anthropic.ImageBlockParam["source"] {
  if (image.url !== undefined) return { type: "url", url: image.url };
  const media_type = image.mediaType as Anthropic.Base64ImageSource["media_type"];
  return { type: "base64", media_type, data: image.data };
}

function documentSource(
  file: Extract<UserContent, { type: "file" }>,
): Anthropic.DocumentBlockParam["source"] {
  if (file.url !== undefined) return { type: "url", url: file.url };
  const { mediaType, data } = file;
  if (mediaType === "application/pdf") return { type: "base64", media_type: mediaType, data };
  return { type: "text", media_type: "text/plain", data: textOf(data, file.name ?? mediaType) };
}

/** @throws {@link DualModeError} `UNSUPPORTED_FEATURE` for a file that is not text, or is blank */
function textOf(data: string, name: string): string {
  const bytes = Buffer.from(data, "base64");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.trim() !== "") return text;
  } catch {
    throw unsupported(`Claude takes only text in UTF-8, and ${name} is not.`);
  }
  throw unsupported(`Claude takes no file without text, and ${name} is blank.`);
}

function unsupported(message: string): DualModeError {
  return new DualModeError("UNSUPPORTED_FEATURE", message, { fix: "Leave the file out." });
}
