import type { Readable } from "node:stream";

/** Milliseconds of silence after which a stream that outlives its process is closed. */
const silence = 500;

/**
 * Yields the bytes of a process's stream, and reads only as fast as they are asked for. The end of
 * the process ends the stream, so a process that left the group cannot hold it open.
 */
export async function* readChunks(
  stream: Readable,
  exited: Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  let reading = false;
  const watch = () => {
    if (over && reading) {
      timer = setTimeout(() => stream.destroy(), silence);
    }
  };
  void exited.then(() => {
    over = true;
    watch();
  });
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      reading = true;
      watch();
      const next = await chunks.next();
      reading = false;
      clearTimeout(timer);
      if (next.done) {
        return;
      }
      yield next.value;
    }
  } catch (error) {
    if (!over) {
      throw error;
    }
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
}
