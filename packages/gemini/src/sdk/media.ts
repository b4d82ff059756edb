import { DualModeError, type MediaRule, type UserContent } from "@acc/dual-mode/provider";
import type { Part } from "@google/generative-ai";

type Media = Exclude<UserContent, { type: "text" }>;

/**
 * The media that generateContent accepts; GIF is not among them.
 * https://ai.google.dev/gemini-api/docs/file-input-methods
 */
export const media: MediaRule = {
  images: ["image/png", "image/jpeg", "image/webp"],
  files: [
    ...["application/pdf", "application/json", "text/*", "audio/*", "video/*"],
    ...["image/heic", "image/heif", "image/bmp"],
  ],
  fileUrls: ["application/pdf", "application/json", "text/*", "video/*", "image/bmp"],
};

/** The media that a result of Gemini 3 may contain besides text; it cannot contain URLs. */
const heldByResults: ReadonlySet<string | undefined> = new Set([
  "image/png",
  "image/jpeg",
  "image/webp",
  "application/pdf",
  "text/plain",
]);

/** The media types by file extension for URLs without one, because the API requires it. */
const byEnding: ReadonlyMap<string | undefined, string> = new Map([
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["webp", "image/webp"],
]);

/** Whether the media can be in the result of Gemini 3's call, or must follow it. */
export function isHeldByResult({ mediaType, url }: Media): boolean {
  return url === undefined && heldByResults.has(mediaType);
}

export function toMediaPart(content: Media, model: string): Part {
  const { mediaType, url, data } = content;
  if (url === undefined) return { inlineData: { mimeType: mediaType, data } };
  if (/gemini-(1|2\.0)\b/.test(model)) {
    throw unsupported(`${model} fetches no URLs: Gemini does from 2.5 on.`);
  }
  const ending = new URL(url).pathname.split(".").at(-1)?.toLowerCase();
  const mimeType = mediaType ?? byEnding.get(ending);
  if (mimeType !== undefined) return { fileData: { mimeType, fileUri: url } };
  throw unsupported("Gemini needs the media type of an image that is given by URL.");
}

function unsupported(message: string): DualModeError {
  const fix = "Give mediaType with url, or the bytes as data.";
  return new DualModeError("UNSUPPORTED_FEATURE", message, { fix });
}
