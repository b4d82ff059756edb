import type { FileContent, ImageContent } from "@acc/dual-mode";
import { InvalidBody } from "./invalid-body.ts";

/** The bytes in a body, in base64, and their type; or an address at which the vendor finds them. */
type Media = { readonly mediaType: string; readonly data: string } | { readonly url: string };

/** Characters in which a data URL names its type. */
const longestHead = 256;

/**
 * Reads an address: `data:` holds its bytes, http and https name them.
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

/** An address that does not name its type is a file, whose type is read from its bytes. */
export function toImage(url: string, at: string): ImageContent | FileContent {
  const media = toMedia(url, at);
  if ("url" in media || /^\s*image\//i.test(media.mediaType)) return { type: "image", ...media };
  return {
    type: "file",
    mediaType: media.mediaType || "application/octet-stream",
    data: media.data,
  };
}

/** The file's type is that of its data URL, or what its name says. */
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

/** Nearly all files that models are shown are PDF. */
function typeByName(name = ""): string {
  const extension = /\.(\w+)(?:[?#].*)?$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return types[extension] ?? "application/pdf";
}
