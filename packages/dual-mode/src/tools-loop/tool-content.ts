import type { UserContent } from "../contract/request.ts";

/**
 * Returns a tool's result as the content of a message: a text, pieces of text, images and files, or
 * else its JSON.
 *
 * @throws TypeError for a value that JSON cannot hold
 */
export function toolContent(given: unknown): string | readonly UserContent[] {
  if (typeof given === "string") return given;
  if (given === undefined) return "";
  if (Array.isArray(given) && given.length > 0 && given.every(isPiece)) return given;
  const json: string | undefined = JSON.stringify(given);
  if (json === undefined)
    throw new TypeError(`The tool gave a ${typeof given}, which is not JSON.`);
  return json;
}

function isPiece(value: unknown): value is UserContent {
  const { type, text, data, url } = Object(value) as Readonly<Record<string, unknown>>;
  if (type === "text") return typeof text === "string";
  if (type !== "image" && type !== "file") return false;
  return typeof data === "string" || typeof url === "string";
}
