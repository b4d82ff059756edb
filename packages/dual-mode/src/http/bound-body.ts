import { type BodyBounds, boundReader } from "./bound-reader.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Returns a body whose pieces {@link boundReader} reads on demand. */
export function boundBody(body: ReadableStream<Bytes>, bounds: BodyBounds): ReadableStream<Bytes> {
  const reader = boundReader(body, bounds);
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => reader.cancel(),
    },
    { highWaterMark: 0 },
  );
}
