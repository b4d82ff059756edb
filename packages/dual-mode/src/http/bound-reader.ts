import { abortReason } from "../abort-reason.ts";
import { DualModeError } from "../error.ts";
import { networkError } from "./network-error.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The number of bytes that were read, after decompression, and the most that may be read. */
export interface ByteCount {
  read: number;
  readonly most: number;
}

/** The limits under which a body is read. */
export interface BodyBounds {
  /** Ends the reading, even in the middle of a body. */
  readonly signal: AbortSignal;
  readonly count: ByteCount;
  /** Called for every piece that arrives. */
  readonly alive?: (() => void) | undefined;
  /** Called once nothing more is read. */
  readonly onEnd?: (() => void) | undefined;
}

type Step = Awaited<ReturnType<ReadableStreamDefaultReader<Bytes>["read"]>>;

/** Reads a body piece by piece. */
export interface BoundReader {
  /**
   * Reads the next piece.
   *
   * @throws {@link DualModeError} the signal's reason, `OUTPUT_TOO_LARGE`, or `NETWORK` or `TIMEOUT`
   * if the body breaks off
   */
  read(): Promise<Step>;
  /** Cancels the body, and ends a read that is in progress. */
  cancel(): Promise<void>;
}

/** Returns a reader of a body that counts its bytes and ends with the signal. */
export function boundReader(
  body: ReadableStream<Bytes>,
  { signal, count, alive, onEnd }: BodyBounds,
): BoundReader {
  const reader = body.getReader();
  const leave = () => {
    reader.cancel().catch(() => {});
  };
  const end = () => {
    signal.removeEventListener("abort", leave);
    onEnd?.();
  };
  signal.addEventListener("abort", leave, { once: true });
  return {
    async read() {
      try {
        signal.throwIfAborted();
        const step = await reader.read();
        signal.throwIfAborted();
        if (step.done) {
          end();
          return step;
        }
        alive?.();
        count.read += step.value.length;
        if (count.read > count.most) throw tooLarge(`${count.most} bytes`);
        return step;
      } catch (thrown) {
        end();
        leave();
        if (signal.aborted) throw abortReason(signal);
        throw DualModeError.is(thrown) ? thrown : brokenOff(thrown);
      }
    },
    async cancel() {
      end();
      await reader.cancel();
    },
  };
}

function brokenOff(cause: unknown): DualModeError {
  return (
    networkError(cause) ??
    new DualModeError("NETWORK", "The rest of the answer cannot be read.", { cause })
  );
}

/** Returns the error for an answer that is over a limit. */
export function tooLarge(bound: string): DualModeError {
  const message = `The server's answer is over the limit of ${bound}.`;
  return new DualModeError("OUTPUT_TOO_LARGE", message, { fix: "Ask for a shorter answer." });
}
