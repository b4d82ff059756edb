import { createReadStream } from "node:fs";
import { BatchError, reasonOf } from "../batch-error.ts";

/** The longest line in bytes, more than any model reads. */
export const longestLine: number = 16 * 1024 * 1024;

/** A line without its line end; without its bytes if it is too long. */
export interface Line {
  /** Counts from 1, including empty lines. */
  readonly number: number;
  readonly bytes: Buffer | undefined;
}

/**
 * Reads a file line by line, with only one line in memory at a time. Lines end only with a line
 * feed, because JSON may contain the other characters that Unicode treats as line ends.
 * @throws {@link BatchError} `INPUT_UNREADABLE`, `INPUT_NOT_TEXT`
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let number = 0;
  let held: Buffer[] = [];
  let size = 0;
  const take = (): Line => {
    number += 1;
    const bytes =
      size > longestLine ? undefined : held.length === 1 ? held[0] : Buffer.concat(held);
    held = [];
    size = 0;
    return { number, bytes: bytes && (number === 1 ? withoutMark(bytes, path) : bytes) };
  };
  const hold = (piece: Buffer) => {
    size += piece.length;
    if (size <= longestLine) held.push(piece);
    else held = [];
  };
  for await (const chunk of chunksOf(path)) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      hold(chunk.subarray(from, at));
      yield take();
      from = at + 1;
    }
    if (from < chunk.length) hold(chunk.subarray(from));
  }
  if (size > 0) yield take();
}

/** Reads the bytes of a file in chunks. */
export async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: 256 * 1024 });
  } catch (error) {
    const message = `The file ${path} cannot be read: ${reasonOf(error)}.`;
    throw new BatchError("INPUT_UNREADABLE", message, "Name a file that you may read.", error);
  }
}

/**
 * Removes a byte order mark of UTF-8, and refuses UTF-16, which Windows PowerShell writes with `>`.
 */
function withoutMark(bytes: Buffer, path: string): Buffer {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.subarray(3);
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new BatchError("INPUT_NOT_TEXT", `The file ${path} is UTF-16.`, "Save it as UTF-8.");
  }
  return bytes;
}
