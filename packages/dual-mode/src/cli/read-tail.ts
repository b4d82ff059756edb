import { redact, redactCut } from "@acc/secrets/redact";

const limit = 64 * 1024;

/** The last 64 KiB of a stream as text, without known secrets. */
export interface Tail {
  /** Resolves when the stream is over. If it breaks off, the text is what had arrived. */
  readonly whole: Promise<string>;
  /** Returns the tail of what has arrived so far. */
  soFar(): string;
}

export function readTail(chunks: AsyncIterable<Uint8Array>): Tail {
  let kept: Uint8Array[] = [];
  let bytes = 0;
  let total = 0;
  const soFar = () => {
    const tail = Buffer.concat(kept).subarray(-limit);
    const text = tail.subarray(characterStart(tail)).toString("utf8");
    return total > limit ? redactCut(text, "start") : redact(text);
  };
  const read = async () => {
    try {
      for await (const chunk of chunks) {
        kept.push(chunk);
        bytes += chunk.length;
        total += chunk.length;
        if (bytes > 2 * limit) {
          kept = [Buffer.concat(kept).subarray(-limit)];
          bytes = limit;
        }
      }
    } catch {
      // A stream that breaks off is no error here: the exit code says how the process ended.
    }
    return soFar();
  };
  return { whole: read(), soFar };
}

/** The index of the first whole UTF-8 character. */
function characterStart(bytes: Buffer): number {
  const start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  return Math.max(0, start);
}
