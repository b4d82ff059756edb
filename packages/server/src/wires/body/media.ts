import type { FileContent, ImageContent } from "@acc/dual-mode";
import { InvalidBody } from "./invalid-body.ts";

/** Base64 bytes in a body, with their type, or a URL from which the vendor loads them. */
type Media = { readonly mediaType: string; readonly data: string } | { readonly url: string };

/** Characters within which a data URL has to name its type. */
const longestHead = 256;

/**
 * Reads a URL: `data:` contains the bytes, http and https refer to them.
 * @throws {@link InvalidBody}
 */
function toMedia(url: string, at: string): Media {
  if (/^https?:\/\//i.test(url)) return { url };
  const head = /^data:([^,;]*)((?:;[^,;]*)*),/i.exec(url.slice(0, longestHead));
  if (head === null) {
    throw new InvalidBody(`${at} must be a data URL, or begin with http:// or https://.`, at);
  }
  const [whole, mediaType = "", parameters = ""] = head;
  const body = url.slice(whole.length);
  if (/;\s*base64\s*$/i.test(parameters)) return { mediaType, data: body };
  try {
    return { mediaType, data: Buffer.from(decodeURIComponent(body)).toString("base64") };
  } catch {
    throw new InvalidBody(`${at} is a data URL that cannot be read.`, at);
  }
}

/**
 * Reads an image. A data URL that names no type becomes a file, whose type is detected from its
 * bytes.
 */
export function toImage(url: string, at: string): ImageContent | FileContent {
  const media = toMedia(url, at);
  if ("url" in media || /^\s*image\//i.test(media.mediaType)) return { type: "image", ...media };
  return {
    type: "file",
    mediaType: media.mediaType || "application/octet-stream",
    data: media.data,
  };
}

/** Reads a file. Its type is the one that its data URL names, or else follows from its name. */
export function toFile(source: string, name: string | undefined, at: string): FileContent {
  const isBare = !/^(data:|https?:)/i.test(source.slice(0, 8));
  const media: Media = isBare ? { mediaType: typeByName(name), data: source } : toMedia(source, at);
  const named = name ? { name } : {};
  if ("url" in media) {
    return { type: "file", mediaType: typeByName(name ?? media.url), url: media.url, ...named };
  }
  const mediaType = media.mediaType || typeByName(name);
  return { type: "file", mediaType, data: media.data, ...named };
}

const types: Readonly<Record<string, string>> = {
  csv: "text/csv",
  html: "text/html",
  json: "application/json",
  md: "text/markdown",
  txt: "text/plain",
};

/** Unknown names count as PDF, because nearly all files that are sent to models are PDF. */
function typeByName(name = ""): string {
  const extension = /\.(\w+)(?:[?#].*)?$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return types[extension] ?? "application/pdf";
}
