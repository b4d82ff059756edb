import type { RunPart } from "../tools-loop/contract.ts";

/**
 * The text of a stream alone, piece by piece: for a loop, or as a `ReadableStream`. Nothing is asked
 * before it is read. It fails as the stream does; leaving or cancelling it ends the call.
 */
export function textStream(
  parts: AsyncIterable<RunPart>,
): ReadableStream<string> & AsyncIterable<string> {
  return ReadableStream.from(textOf(parts));
}

async function* textOf(parts: AsyncIterable<RunPart>): AsyncGenerator<string, void> {
  for await (const part of parts) if (part.type === "text") yield part.text;
}
