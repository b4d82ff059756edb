import type { CanonicalMessage } from "../contract/canonical.ts";
import type { FileContent, ImageContent } from "../contract/request.ts";
import { DualModeError } from "../error.ts";

/** The images and files that a vendor accepts, as media types: "application/pdf", "text/*". */
export interface MediaRule {
  /** @default all four that an image may be */
  readonly images?: readonly string[];
  /** @default none */
  readonly files?: readonly string[];
  /**
   * Files by their URL.
   *
   * @default those of `files`
   */
  readonly fileUrls?: readonly string[];
}

/**
 * Refuses an image or a file of a type that the vendor would refuse, before the request is sent:
 * another mode or provider may accept it.
 *
 * @throws {@link DualModeError} `UNSUPPORTED_FEATURE`, naming the type
 */
export function checkMedia(
  messages: readonly CanonicalMessage[],
  rule: MediaRule,
  vendor: string,
): void {
  for (const { content } of messages) {
    for (const piece of content) {
      if (piece.type === "image" || piece.type === "file") checkOne(piece, rule, vendor);
    }
  }
}

function checkOne(piece: ImageContent | FileContent, rule: MediaRule, vendor: string): void {
  const { type, mediaType, url } = piece;
  const byUrl = url === undefined ? undefined : rule.fileUrls;
  const taken = type === "image" ? rule.images : (byUrl ?? rule.files ?? []);
  if (taken === undefined || mediaType === undefined) return;
  if (taken.some((each) => fits(mediaType, each))) return;
  const by = url === undefined ? "" : " by its address";
  const named = type === "file" && piece.name !== undefined ? ` (${piece.name})` : "";
  const article = type === "image" ? "an" : "a";
  const said = `${vendor} takes no ${type} of the type "${mediaType}"${by}${named}.`;
  const fix = `It takes ${article} ${type} of ${taken.join(", ") || "no type"}${by}.`;
  throw new DualModeError("UNSUPPORTED_FEATURE", said, { fix });
}

function fits(mediaType: string, pattern: string): boolean {
  if (!pattern.endsWith("/*")) return mediaType === pattern;
  return mediaType.startsWith(pattern.slice(0, -1));
}
