import { DualModeError } from "../error.ts";
import { defaultOutputBytes } from "../text/default-output-bytes.ts";
import { decodeLine } from "./decode-line.ts";

export interface OutputLimits {
  /**
   * In bytes.
   *
   * @default 16 MiB
   */
  readonly maxLineBytes?: number;
  /**
   * In bytes.
   *
   * @default 64 MiB
   */
  readonly maxOutputBytes?: number;
}

const mebibyte = 1024 * 1024;
/**
 * Lines between two turns of the event loop: one chunk can have tens of thousands of empty lines.
 */
const linesPerTurn = 250;
const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits bytes into lines at LF or CRLF and decodes each line whole, so that no character is cut. A
 * byte that is not UTF-8 becomes a lone surrogate.
 *
 * @throws {@link DualModeError} `OUTPUT_TOO_LARGE` if a line or the whole output is over its limit.
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
      // A flood of lines must not delay timers and signals, whatever is done with the lines.
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
