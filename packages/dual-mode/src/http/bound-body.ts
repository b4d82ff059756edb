import { abortReason } from "../abort-reason.ts";
import { DualModeError } from "../error.ts";
import { networkError } from "./network-error.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that were read, unpacked, and that may be read at most. */
export interface ByteCount {
  read: number;
  readonly most: number;
}

/** What a body is read under. */
export interface BodyBounds {
  /** Ends the reading, also in the middle. */
  readonly signal: AbortSignal;
  readonly count: ByteCount;
  /** Told of every piece that comes. */
  readonly alive?: (() => void) | undefined;
  /** Told once nothing more is read. */
  readonly onEnd?: (() => void) | undefined;
}

/**
 * A body whose bytes are counted while they are read, each piece on demand.
 *
 * @throws {@link DualModeError} to its reader: the signal's reason, `OUTPUT_TOO_LARGE`, `NETWORK` or
 * `TIMEOUT` where the body breaks off.
 */
export function boundBody(
  body: ReadableStream<Bytes>,
  { signal, count, alive, onEnd }: BodyBounds,
): ReadableStream<Bytes> {
  const reader = body.getReader();
  let stop = () => {};
  const end = () => {
    signal.removeEventListener("abort", stop);
    onEnd?.();
  };

  return new ReadableStream<Bytes>(
    {
      start(controller) {
        stop = () => {
          controller.error(abortReason(signal));
          void reader.cancel().catch(() => {});
        };
        signal.addEventListener("abort", stop, { once: true });
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (signal.aborted) return;
          if (done) {
            controller.close();
            end();
            return;
          }
          alive?.();
          count.read += value.length;
          if (count.read > count.most) throw tooLarge(`${count.most} bytes`);
          controller.enqueue(value);
        } catch (thrown) {
          end();
          if (signal.aborted) return;
          controller.error(DualModeError.is(thrown) ? thrown : brokenOff(thrown));
          await reader.cancel().catch(() => {});
        }
      },
      async cancel() {
        end();
        await reader.cancel();
      },
    },
    { highWaterMark: 0 },
  );
}

function brokenOff(cause: unknown): DualModeError {
  return (
    networkError(cause) ??
    new DualModeError("NETWORK", "The rest of the answer cannot be read.", { cause })
  );
}

/** The error for an answer over its bound. */
export function tooLarge(bound: string): DualModeError {
  const message = `The server's answer is over the limit of ${bound}.`;
  return new DualModeError("OUTPUT_TOO_LARGE", message, { fix: "Ask for a shorter answer." });
}
