import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { UsageError } from "../failure.ts";
import { type StdinPatience, watchStdin } from "./stdin.ts";

/** In bytes. No model reads more; a longer input was piped in by mistake. */
export const longestInput: number = 16 * 1024 * 1024;

/** Reads a whole text file. */
export async function readTextFile(path: string): Promise<string> {
  return decode(await readBytes(path), path);
}

/** Reads a file of up to 16 MiB. */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      return await collect(file.createReadStream({ autoClose: false }), path);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(
      `The file ${path} cannot be read: ${reason}.`,
      "Name a file that you may read.",
      "FILE_UNREADABLE",
    );
  }
}

/** Reads all of stdin, without the last line end. */
export async function readStdin(patience: StdinPatience = {}): Promise<string> {
  const text = decode(await readStdinBytes(patience), "stdin");
  return text.replace(/\r?\n$/, "");
}

export function readStdinBytes(patience: StdinPatience = {}): Promise<Buffer> {
  return collect(watchStdin(patience), "stdin");
}

async function collect(chunks: AsyncIterable<Buffer>, from: string): Promise<Buffer> {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > longestInput) {
      throw new UsageError(
        `There are more than ${longestInput / 1024 / 1024} MiB in ${from}.`,
        "Give less: no model reads that much.",
        "INPUT_TOO_LARGE",
      );
    }
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}

/**
 * Decodes UTF-8 or UTF-16. UTF-16 may have a byte order mark, as Windows PowerShell's `>` writes
 * it, or none, as `wsl.exe` prints it.
 */
export function decode(bytes: Buffer, from: string): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(
      `There is no UTF-8 text in ${from}.`,
      "Give text or a PDF; an image goes with --image.",
      "INPUT_NOT_TEXT",
    );
  }
}

function encodingOf(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return isBareUtf16(bytes) ? "utf-16le" : "utf-8";
}

/**
 * UTF-16LE text of any language has zeros after its spaces and line ends, and none before them. A
 * zero or two may also occur in UTF-8, so the bytes must be invalid UTF-8 or a quarter of them
 * zeros.
 */
function isBareUtf16(bytes: Buffer): boolean {
  if (bytes.length % 2 === 1 || !bytes.includes(0)) return false;
  const begin = bytes.subarray(0, 4096);
  const zeros = begin.filter((byte) => byte === 0).length;
  const isBehind = begin.every((byte, at) => byte !== 0 || at % 2 === 1);
  return isBehind && zeros > 0 && (zeros * 4 >= begin.length || !isUtf8(bytes));
}
