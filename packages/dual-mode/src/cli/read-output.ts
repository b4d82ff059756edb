import { closeSync, fstatSync, readSync } from "node:fs";

/** Milliseconds between two looks at the file while the command lives. */
const pause = 5;
const chunkBytes = 64 * 1024;

/**
 * The bytes that a command writes to a file, as they come; closes the file at the end, which is that
 * of the command: who left the process group and goes on writing cannot keep the reader waiting.
 *
 * @param grown Told the size of the file, in bytes, also while nobody reads.
 */
export async function* readOutput(
  file: number,
  exited: Promise<unknown>,
  grown: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let position = 0;
  let over = false;
  let wake = () => {};
  const look = () => {
    const { size } = fstatSync(file);
    grown(size);
    if (size > position) wake();
  };
  const timer = setInterval(look, pause);
  void exited.then(() => {
    over = true;
    wake();
  });
  try {
    for (;;) {
      const isLast = over;
      const chunk = readAt(file, position);
      if (chunk !== undefined) {
        position += chunk.length;
        yield chunk;
      } else if (isLast) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    clearInterval(timer);
    closeSync(file);
  }
}

/** From the page cache: a hop to a thread costs more. */
function readAt(file: number, position: number): Uint8Array | undefined {
  const there = Math.min(fstatSync(file).size - position, chunkBytes);
  if (there <= 0) return undefined;
  const chunk = Buffer.allocUnsafe(there);
  return chunk.subarray(0, readSync(file, chunk, 0, there, position));
}
