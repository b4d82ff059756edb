import { unreadable } from "./store-error.ts";

/**
 * Decodes the bytes of a file or of a program's output: UTF-8, or UTF-16 with a byte order mark. The
 * mark, which Windows PowerShell writes for both, is not part of the text.
 *
 * @throws SecretsError `STORE_ANSWER_INVALID` if the bytes are not text
 */
export function textOf(bytes: Buffer, from: string): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(`What ${from} holds or prints is not UTF-8 text.`, cause);
  }
}

function encodingOf([first, second]: Buffer): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
