import type { RunPart } from "../tools-loop/contract.ts";

/**
 * Returns only the text of a stream, piece by piece, for a loop or as a `ReadableStream`. No
 * request is sent before it is read. It fails as the stream does; leaving or cancelling it ends the
 * call.
 */
export function textStream(
  parts: AsyncIterable<RunPart>,
): ReadableStream<string> & AsyncIterable<string> {
  let reader: AsyncIterator<RunPart> | undefined;
  return new ReadableStream<string>(
    {
      async pull(controller) {
        reader ??= parts[Symbol.asyncIterator]();
        for (;;) {
          const { done, value } = await reader.next();
          if (done) return controller.close();
          if (value.type === "text" && value.text !== "") return controller.enqueue(value.text);
        }
      },
      // Ends the call at once, even while a part is awaited; a generator's `return` would wait for
      // that part.
      async cancel() {
        await reader?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
