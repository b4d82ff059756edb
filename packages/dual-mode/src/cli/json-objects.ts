import { wellFormed } from "../history/well-formed.ts";
import { refuseDeepJson } from "../text/nesting.ts";
import { stripTerminalCodes } from "./strip-terminal-codes.ts";

/** One object of a CLI's output, parsed; its members are unknown until they are checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The content of one line of a CLI's output. */
export interface LineContent {
  /** The objects in their order; most lines have one. */
  readonly objects: readonly JsonObject[];
  /** The text that is not JSON, such as a notice; "" if there is none. */
  readonly notice: string;
  /** Whether the output has a piece of JSON that cannot be read. */
  readonly damaged: boolean;
}

/**
 * Reads a line that should be one JSON object. Terminal codes are removed, and a notice may stand
 * before, between or after the objects. Next to other text an object counts only if it has a
 * `type`, or is a message of JSON-RPC.
 */
export function jsonObjects(line: string): LineContent {
  const whole = line.isWellFormed() ? parseJsonLine(line) : undefined;
  if (whole !== undefined) return { objects: [whole], notice: "", damaged: false };
  const text = stripTerminalCodes(line).trim();
  if (isUtf16(line) && objectStart(text, 0) >= 0) return { objects: [], notice: "", damaged: true };
  const objects: JsonObject[] = [];
  const notices: string[] = [];
  let damaged = false;
  let position = 0;
  for (let start = objectStart(text, 0); start >= 0; start = objectStart(text, position)) {
    const end = objectEnd(text, start);
    const object = end < 0 ? undefined : parseWellFormed(text.slice(start, end));
    damaged ||= object === undefined;
    const isEvent = object !== undefined && saysWhatItIs(object);
    if (isEvent) objects.push(object);
    notices.push(text.slice(position, isEvent ? start : end < 0 ? text.length : end));
    position = end < 0 ? text.length : end;
  }
  notices.push(text.slice(position));
  const notice = wellFormed(notices.join(" ").trim());
  return { objects, notice, damaged: damaged || isTail(notice) };
}

function saysWhatItIs({ type, method, id, result, error }: JsonObject): boolean {
  if (typeof type === "string" || typeof method === "string") return true;
  return id !== undefined && (result !== undefined || error !== undefined);
}

/**
 * Parses a line that is a JSON object; returns undefined for any other line.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT` if it is nested too deep.
 */
export function parseJsonLine(line: string): JsonObject | undefined {
  const text = line.trim();
  if (!text.startsWith("{") || !text.endsWith("}")) {
    return undefined;
  }
  refuseDeepJson(text);
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}

/** A lone surrogate stands for a byte that was not UTF-8; the original text is lost. */
function parseWellFormed(text: string): JsonObject | undefined {
  return text.isWellFormed() ? parseJsonLine(text) : undefined;
}

/**
 * Detects UTF-16 that was read as UTF-8: each ASCII letter is followed by a NUL, and other letters
 * are lost.
 */
function isUtf16(line: string): boolean {
  return /(?:[^\0]\0){4}/.test(line);
}

/** Whether the text is the rest of an object whose beginning is lost: `lo"},"session_id":"1"}`. */
function isTail(text: string): boolean {
  return text.endsWith("}") && !text.includes("{") && /"\s*[\]},:]/.test(text);
}

/** The index of the next object: a brace followed by a quoted name. */
function objectStart(text: string, from: number): number {
  const found = /\{\s*"/g;
  found.lastIndex = from;
  return found.exec(text)?.index ?? -1;
}

/** The index after the brace that closes the one at `start`; -1 if there is none. */
function objectEnd(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (quoted) {
      if (character === "\\") index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return -1;
}
