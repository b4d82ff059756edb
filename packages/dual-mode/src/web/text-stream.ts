import type { RunPart } from "../tools-loop/contract.ts";

/**
 * The text of a stream alone, piece by piece: for a loop, or as a `ReadableStream`. Nothing is asked
 * before it is read. It fails as the stream does; leaving or cancelling it ends the call.
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
      // At once, also while a part is waited for, which a generator's `return` would do after it.
      async cancel() {
        await reader?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
