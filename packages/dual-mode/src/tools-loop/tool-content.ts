import type { ImageContent, TextContent } from "../contract/request.ts";

/**
 * What a tool gave, as a message has it: a text, pieces of text and images, else its JSON.
 * @throws TypeError for a value that JSON cannot hold
 */
export function toolContent(given: unknown): string | readonly (TextContent | ImageContent)[] {
  if (typeof given === "string") return given;
  if (given === undefined) return "";
  if (Array.isArray(given) && given.length > 0 && given.every(isPiece)) return given;
  const json: string | undefined = JSON.stringify(given);
  if (json === undefined) throw new TypeError(`The tool gave a ${typeof given}, which is no JSON.`);
  return json;
}

function isPiece(value: unknown): value is TextContent | ImageContent {
  const { type, text, mediaType, data } = Object(value) as Readonly<Record<string, unknown>>;
  if (type === "text") return typeof text === "string";
  return type === "image" && typeof mediaType === "string" && typeof data === "string";
}
