import type { TextContent, UserContent } from "@acc/dual-mode";
import { isMembers, type Members, membersAt, textAt, unknownType } from "../body/guards.ts";
import { toImage } from "../body/media.ts";
import { userBlock } from "../messages/read-blocks.ts";
import { audioContent, fileContent, withoutBytes } from "./content.ts";

/**
 * Reads the pieces of a content. Programs mix the names of OpenAI's two wires and of Anthropic's,
 * depending on the model that they believe they call (automazeio/vibeproxy#411), so all names are
 * accepted.
 */
export function userPieces(content: unknown, at: string): UserContent[] {
  return listOf(content, at).map(([piece, here]) => userPiece(piece, here));
}

/** Reads content that may only be text, as that of a system message. */
export function textPieces(content: unknown, at: string): TextContent[] {
  return listOf(content, at).map(([piece, here]) => {
    const text = textPiece(piece, here);
    if (text !== undefined) return text;
    throw unknownType(piece.type, here, ["text", "input_text", "output_text", "refusal"]);
  });
}

/**
 * Reads the result of a tool: pieces, or any other value as JSON (NousResearch/hermes-agent#29937).
 */
export function resultPieces(content: unknown, at: string): UserContent[] {
  const pieces = Array.isArray(content) ? content : [content];
  const isRead = pieces.every((piece) => !isMembers(piece) || known.has(String(piece.type)));
  const isText = (piece: unknown) => typeof piece === "string" || isMembers(piece);
  if (content === undefined || content === null) return [];
  if (isRead && pieces.every(isText)) return userPieces(content, at);
  return [{ type: "text", text: JSON.stringify(content) }];
}

/** Returns each piece with its path in the body; a string is one piece of text. */
export function listOf(content: unknown, at: string): (readonly [Members, string])[] {
  if (content === undefined || content === null || content === "") return [];
  if (typeof content === "string") return [[{ type: "text", text: content }, at]];
  if (!Array.isArray(content)) return [[membersAt(content, at), at]];
  return content.flatMap((piece: unknown, index) => {
    const here = `${at}[${index}]`;
    return typeof piece === "string" ? listOf(piece, here) : [[membersAt(piece, here), here]];
  });
}

/** Reads a piece of text; undefined for a piece of another kind. */
export function textPiece(piece: Members, at: string): TextContent | undefined {
  const { type, text, refusal } = piece;
  if (type === "refusal") return { type: "text", text: textAt(refusal, `${at}.refusal`) };
  if (!texts.has(String(type))) return undefined;
  return { type: "text", text: textAt(text, `${at}.text`) };
}

const texts: ReadonlySet<string> = new Set(["text", "input_text", "output_text"]);
const ofAnthropic: ReadonlySet<string> = new Set(["image", "document", "search_result"]);
const ofOpenai = ["image_url", "input_image", "file", "input_file", "input_audio"];
const known: ReadonlySet<string> = new Set([...texts, ...ofAnthropic, ...ofOpenai]);

function userPiece(piece: Members, at: string): UserContent {
  const type = String(piece.type);
  if (texts.has(type)) return { type: "text", text: textAt(piece.text, `${at}.text`) };
  if (ofAnthropic.has(type)) return userBlock(piece, at);
  switch (type) {
    case "image_url":
    case "input_image":
      return imagePiece(piece, at);
    case "file":
      return fileContent(membersAt(piece.file, `${at}.file`), `${at}.file`);
    case "input_file":
      return fileContent(piece, at);
    case "input_audio":
      return audioContent(membersAt(piece.input_audio, `${at}.input_audio`), `${at}.input_audio`);
    default:
      throw unknownType(piece.type, at, ["text", ...ofOpenai]);
  }
}

function imagePiece({ type, image_url: image, file_id: id }: Members, at: string): UserContent {
  if (!image && type === "input_image") throw withoutBytes(id, at);
  const isNested = isMembers(image);
  const here = isNested || type === "image_url" ? `${at}.image_url.url` : `${at}.image_url`;
  return toImage(textAt(isNested ? image.url : image, here), here);
}
