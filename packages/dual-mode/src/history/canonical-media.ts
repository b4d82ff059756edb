import type { FileContent, ImageContent } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { type Base64, canonicalBase64 } from "./canonical-base64.ts";
import { isImageType, mediaTypeOf, typeOfBytes } from "./media-type.ts";
import { wellFormed } from "./well-formed.ts";

/** In characters. A vendor's URL with a signature takes some 2,000. */
const longestUrl = 8_192;

/**
 * Returns an image or a file in its one form, so that the same bytes make the same request: base64
 * in one spelling, the media type that an image's bytes show, and an image always as an image. A
 * data URL is replaced by its bytes.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the member
 */
export function canonicalMedia(
  piece: ImageContent | FileContent,
  at: string,
): ImageContent | FileContent {
  const declared = piece.mediaType === undefined ? undefined : mediaTypeOf(piece.mediaType);
  const name = "name" in piece && piece.name ? wellFormed(piece.name) : undefined;
  const { url } = piece;
  if (url !== undefined && !/^\s*data:/i.test(url)) {
    return linked(piece.type, declared, canonicalUrl(url, `${at}.url`), name);
  }
  const member = url === undefined ? "data" : "url";
  const bytes = canonicalBase64(url ?? piece.data ?? "", `${at}.${member}`);
  return held(piece.type, declared, bytes, name, at, member);
}

function linked(
  type: "image" | "file",
  declared: string | undefined,
  url: string,
  name: string | undefined,
): ImageContent | FileContent {
  if (type === "image" || isImageType(declared)) {
    return { type: "image", ...(declared !== undefined && { mediaType: declared }), url };
  }
  return { type, mediaType: declared ?? "", url, ...(name !== undefined && { name }) };
}

function held(
  type: "image" | "file",
  declared: string | undefined,
  { data, mediaType: told }: Base64,
  name: string | undefined,
  at: string,
  member: string,
): ImageContent | FileContent {
  const shown = typeOfBytes(data);
  if (type === "image" || isImageType(declared)) {
    const mediaType = [shown, declared, told].find(isImageType);
    if (mediaType !== undefined) return { type: "image", mediaType, data };
    throw new DualModeError("INVALID_REQUEST", `${at}.mediaType must say what the data are.`, {
      fix: "An image is image/png, image/jpeg, image/webp or image/gif.",
    });
  }
  if (told !== undefined && declared !== undefined && told !== declared) {
    const said = `${at}.${member} begins with "data:${told}", and mediaType is "${declared}".`;
    throw new DualModeError("INVALID_REQUEST", said, {
      fix: "Give the type that the bytes are of.",
    });
  }
  const vague = declared === "application/octet-stream" ? undefined : declared;
  const mediaType = vague ?? told ?? shown ?? declared ?? "";
  if (isImageType(mediaType)) return { type: "image", mediaType, data };
  return { type, mediaType, data, ...(name !== undefined && { name }) };
}

/** @throws {@link DualModeError} `INVALID_REQUEST` */
function canonicalUrl(text: string, at: string): string {
  if (text.length > longestUrl) {
    throw new DualModeError("INVALID_REQUEST", `${at} is longer than ${longestUrl} characters.`);
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url.href;
  throw new DualModeError("INVALID_REQUEST", `${at} must be an http or https address.`, {
    fix: "Give the bytes of what is on this machine as data, base64.",
  });
}
