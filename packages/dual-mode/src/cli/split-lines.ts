import { DualModeError } from "../error.ts";
import { defaultOutputBytes } from "../text/default-output-bytes.ts";
import { decodeLine } from "./decode-line.ts";

export interface OutputLimits {
  /** Bytes. @default 16 MiB */
  readonly maxLineBytes?: number;
  /** Bytes. @default 64 MiB */
  readonly maxOutputBytes?: number;
}

const mebibyte = 1024 * 1024;
/** Lines between two turns of the event loop: empty ones come by the ten thousand in a chunk. */
const linesPerTurn = 250;
const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Cuts bytes into lines at LF or CRLF and decodes each one whole, so that no character is split. A
 * byte that is no UTF-8 becomes a lone surrogate.
 *
 * @throws {@link DualModeError} `OUTPUT_TOO_LARGE` where a line or the whole is over its limit.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  limits: OutputLimits = {},
): AsyncGenerator<string> {
  const { maxLineBytes = 16 * mebibyte, maxOutputBytes = defaultOutputBytes } = limits;
  let total = 0;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let lines = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    refuse("output", total, maxOutputBytes);
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      refuse("line", pendingBytes + end - start, maxLineBytes);
      yield decode([...pending, chunk.subarray(start, end)]);
      pending = [];
      pendingBytes = 0;
      start = end + 1;
      // Whatever is done with them, timers and signals are not kept waiting by a flood of lines.
      if (++lines % linesPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    if (start < chunk.length) {
      pending.push(chunk.subarray(start));
      pendingBytes += chunk.length - start;
      refuse("line", pendingBytes, maxLineBytes);
    }
  }
  if (pendingBytes > 0) {
    yield decode(pending);
  }
}

function decode(pieces: readonly Uint8Array[]): string {
  const line = Buffer.concat(pieces);
  return decodeLine(line.at(-1) === carriageReturn ? line.subarray(0, -1) : line);
}

function refuse(what: "line" | "output", bytes: number, limit: number): void {
  if (bytes > limit) throw tooLarge(what, limit);
}

export function tooLarge(what: "line" | "output", limit: number): DualModeError {
  const message = `The CLI's ${what} is over the limit of ${limit} bytes.`;
  return new DualModeError("OUTPUT_TOO_LARGE", message, { fix: "Ask for a shorter answer." });
}
