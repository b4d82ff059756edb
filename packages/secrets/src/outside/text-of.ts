import { unreadable } from "./store-error.ts";

/**
 * What a file or a program says: UTF-8, or UTF-16 with its mark. The mark, which Windows PowerShell
 * writes for either, is no part of a value.
 *
 * @throws SecretsError `STORE_ANSWER_INVALID` for what is no text
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
