import type { Readable } from "node:stream";

const limit = 64 * 1024;

/** Reads a stream to its end and keeps its last 64 KiB; the function gives what there is so far. */
export function keepTail(stream: Readable): () => string {
  let kept: Buffer[] = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    kept.push(chunk);
    bytes += chunk.length;
    if (bytes > 2 * limit) {
      kept = [Buffer.concat(kept).subarray(-limit)];
      bytes = limit;
    }
  });
  stream.on("error", () => {});
  return () => {
    const tail = Buffer.concat(kept).subarray(-limit);
    return tail.subarray(characterStart(tail)).toString("utf8");
  };
}

/** Where the first whole UTF-8 character begins. */
function characterStart(bytes: Buffer): number {
  const start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  return Math.max(0, start);
}
