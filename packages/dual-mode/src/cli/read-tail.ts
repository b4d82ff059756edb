import { redact, redactCut } from "@acc/secrets/redact";

const limit = 64 * 1024;

/** The last 64 KiB of a stream as text, without known secrets. */
export interface Tail {
  /** Once the stream is over; of one that breaks off what there was. */
  readonly whole: Promise<string>;
  /** What has come of it. */
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
      // How the process ended is told all the same.
    }
    return soFar();
  };
  return { whole: read(), soFar };
}

/** Where the first whole UTF-8 character begins. */
function characterStart(bytes: Buffer): number {
  const start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  return Math.max(0, start);
}
