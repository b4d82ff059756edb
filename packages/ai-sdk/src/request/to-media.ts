import type { UserContent } from "@acc/dual-mode";
import type { FileData } from "../contract/prompt.ts";
import { defined } from "../defined.ts";
import { unsupported } from "../errors/refusals-of-ours.ts";

/** A file as the AI SDK passes it on. */
interface GivenFile {
  readonly data: FileData;
  readonly mediaType?: string | undefined;
  readonly filename?: string | undefined;
}

/** Longest name of a file that is sent, in characters. */
const longestName = 255;
/** For this type, the engine detects the type from the bytes. */
const anyBytes = "application/octet-stream";
const imageType = /^\s*image\/(x-)?(png|p?jpe?g|webp|gif)\s*(;|$)/i;

/** @throws UnsupportedFunctionalityError for a file that is stored at a vendor */
export function toMedia({ data, mediaType = "", filename }: GivenFile): UserContent {
  const source = sourceOf(data);
  if (imageType.test(mediaType)) return { type: "image", mediaType, ...source };
  if (source.url !== undefined && /^\s*image(\/\*)?\s*$/i.test(mediaType)) {
    return { type: "image", url: source.url };
  }
  const name = filename?.trim() ? filename.slice(0, longestName) : undefined;
  return { type: "file", mediaType: wholeType(mediaType), ...defined({ name }), ...source };
}

/** Completes the media type: "image/*" and "image" tell only the kind of file. */
function wholeType(mediaType: string): string {
  if (/^[^/*]+\/[^/*]+$/.test(mediaType)) return mediaType;
  return /^text\b/i.test(mediaType) ? "text/plain" : anyBytes;
}

type Source =
  | { readonly data: string; readonly url?: never }
  | { readonly url: string; readonly data?: never };

function sourceOf(data: FileData): Source {
  if (typeof data === "string") return /^\s*(https?|data):/i.test(data) ? { url: data } : { data };
  if (data instanceof URL) return { url: data.href };
  if (data instanceof Uint8Array) return { data: base64(data) };
  switch (data.type) {
    case "data":
      return { data: typeof data.data === "string" ? data.data : base64(data.data) };
    case "url":
      return { url: String(data.url) };
    case "text":
      return { data: Buffer.from(data.text).toString("base64") };
    default:
      throw unsupported(
        "file reference",
        "A file that was uploaded to a vendor cannot be asked about here: give its bytes.",
      );
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
