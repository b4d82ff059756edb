import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import { nextAtHand } from "../foreign/at-hand.ts";
import { PartOrder } from "./part-order.ts";
import type { PartWatch } from "./part-watch.ts";

/** Milliseconds that a mode has to clean up after it was told to stop. */
const grace = 5_000;

export interface PartGuard {
  readonly watch: PartWatch;
  /** The call's signal: its abort stops the attempt. */
  readonly signal: AbortSignal;
  /** The timeout for the first part, in ms. */
  readonly firstPart: number;
  /** The idle timeout, in ms. */
  readonly idle: number;
}

/**
 * Forwards a mode's parts, checks their order, and applies the first-part and idle timeouts. Parts
 * that arrive together are forwarded together.
 *
 * @throws {@link DualModeError} `TIMEOUT`, `PROVIDER_FAULT`, or the reason for which the attempt
 * was stopped
 */
export async function* guardParts(
  parts: AsyncIterable<Part>,
  { watch, signal, firstPart, idle }: PartGuard,
): AsyncGenerator<readonly Part[], void> {
  const iterator = parts[Symbol.asyncIterator]();
  const order = new PartOrder();
  const stop = () => watch.stop(signal.reason);
  let ended = false;
  signal.addEventListener("abort", stop, { once: true });
  try {
    signal.throwIfAborted();
    for (;;) {
      const result = await watch.next(iterator, order.seen === "nothing" ? firstPart : idle);
      if (result.done) break;
      const { sound, fault } = order.check(result.value, () => nextAtHand(iterator));
      if (sound.length > 0) yield sound;
      if (fault !== undefined) throw fault.thrown;
    }
    ended = true;
  } finally {
    watch.end();
    signal.removeEventListener("abort", stop);
    if (!ended) {
      watch.stop(new DualModeError("ABORTED", "The attempt is over."));
      await windUp(iterator);
    }
  }
  if (order.seen !== "finish") {
    throw new DualModeError(
      "INVALID_OUTPUT",
      "The answer ended without its final event: it was cut short.",
    );
  }
}

async function windUp(iterator: AsyncIterator<Part>): Promise<void> {
  if (iterator.return === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, grace);
  });
  try {
    await Promise.race([iterator.return(), limit]);
  } catch {
    // An error that a mode throws while it is being stopped is not the call's outcome.
  } finally {
    clearTimeout(timer);
  }
}
