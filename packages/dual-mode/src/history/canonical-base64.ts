import { DualModeError } from "../error.ts";
import { mediaTypeOf } from "./media-type.ts";

/** The most bytes; no vendor accepts more in a request. */
const mostBytes = 100_000_000;

export interface Base64 {
  readonly data: string;
  /** The media type that a data URL declared. */
  readonly mediaType?: string;
}

/**
 * Returns base64 in the spelling that vendors accept: no white space, `+` and `/`, padded. The
 * input may be spelled differently, or be a data URL.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST`
 */
export function canonicalBase64(written: string, at: string): Base64 {
  const { mediaType, text } = outOfDataUrl(written, at);
  if (text.length > mostBytes * 1.5) throw tooLarge(at);
  const bytes = Buffer.from(text, "base64");
  if (bytes.length > mostBytes) throw tooLarge(at);
  const data = bytes.toString("base64");
  // The decoder skips characters that are not base64. If the result is equal, there were none.
  if (data !== text) checkSpelling(text, at);
  if (data === "") throw invalid(`${at} must not be empty.`);
  return { data, ...(mediaType && { mediaType }) };
}

function outOfDataUrl(written: string, at: string): { mediaType?: string; text: string } {
  const url = /^\s*data:([^,]{0,255}),/i.exec(written);
  if (url === null) return { text: written };
  const [head, type = ""] = url;
  if (!/;\s*base64\s*$/i.test(type)) throw invalid(`${at} is a data URL that is not base64.`);
  return { mediaType: mediaTypeOf(type), text: written.slice(head.length) };
}

function checkSpelling(text: string, at: string): void {
  const wrong = /[^A-Za-z0-9+/_\-\s=]/.exec(text);
  if (wrong !== null) {
    const position = `character ${wrong.index + 1}`;
    throw invalid(
      `${at} is not base64: ${JSON.stringify(wrong[0])} is not part of it (${position}).`,
    );
  }
  const [digits = "", rest] = text.replace(/\s+/g, "").split(/=+/);
  if (rest) throw invalid(`${at} is not base64: there is more behind its end.`);
  if (digits.length % 4 === 1) throw invalid(`${at} is not base64: its end is cut off.`);
}

function tooLarge(at: string): DualModeError {
  return invalid(`${at} holds more than ${mostBytes / 1_000_000} MB.`, "Give its address as url.");
}

function invalid(message: string, fix = "Give the bytes, base64."): DualModeError {
  return new DualModeError("INVALID_REQUEST", message, { fix });
}
