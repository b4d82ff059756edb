import type { UserContent } from "@acc/dual-mode";

/** The result of a tool call on an MCP server. */
export interface McpResult {
  readonly content?: readonly McpContent[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
}

type McpContent =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image" | "audio"; readonly data: string; readonly mimeType: string }
  | { readonly type: "resource_link"; readonly uri: string; readonly name?: string }
  | { readonly type: "resource"; readonly resource: McpResource };

interface McpResource {
  readonly uri: string;
  readonly mimeType?: string;
  readonly text?: string;
  readonly blob?: string;
}

/**
 * Converts a result for a model. Content that models do not take is named instead of left out.
 * @throws Error with the server's words if the call failed
 */
export function contentOf({
  content = [],
  structuredContent,
  isError,
}: McpResult): string | readonly UserContent[] {
  const pieces = content.map(pieceOf);
  const texts = pieces.flatMap((piece) => (piece.type === "text" ? [piece.text] : []));
  if (isError) throw new Error(texts.join("\n") || "The tool failed and did not say why.");
  if (pieces.length === 0) return JSON.stringify(structuredContent) ?? "";
  return texts.length === pieces.length ? texts.join("\n") : pieces;
}

function pieceOf(piece: McpContent): UserContent {
  switch (piece.type) {
    case "text":
      return text(piece.text);
    case "image":
      return imageOf(piece.mimeType, piece.data) ?? unsent("an image", piece.mimeType);
    case "resource":
      return resourceOf(piece.resource);
    case "resource_link":
      return text(`${piece.name ?? "A resource"}: ${piece.uri}`);
    case "audio":
      return unsent("a sound", piece.mimeType);
    default:
      return text(JSON.stringify(piece));
  }
}

function resourceOf({ uri, mimeType = "", text: words, blob }: McpResource): UserContent {
  if (words !== undefined) return text(words);
  if (blob === undefined) return text(uri);
  if (mimeType === "application/pdf") return { type: "file", mediaType: mimeType, data: blob };
  return imageOf(mimeType, blob) ?? unsent(uri, mimeType || "of no known type");
}

/** Returns undefined for an image of a type that models do not read. */
function imageOf(mediaType: string, data: string): UserContent | undefined {
  const isRead = /^image\/(png|jpeg|webp|gif)$/.test(mediaType);
  return isRead ? { type: "image", mediaType, data } : undefined;
}

function unsent(what: string, mediaType: string): UserContent {
  return text(`(${what}, ${mediaType}, which is not sent along)`);
}

function text(words: string): UserContent {
  return { type: "text", text: words };
}
