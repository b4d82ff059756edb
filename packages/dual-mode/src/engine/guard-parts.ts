import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import { refuseDeepValue } from "../text/nesting.ts";
import { partFault } from "./part-fault.ts";
import type { PartWatch } from "./part-watch.ts";

/** Milliseconds that a mode gets to wind up after it was told to stop. */
const grace = 5_000;

export interface PartGuard {
  readonly watch: PartWatch;
  /** Milliseconds. */
  readonly firstPart: number;
  /** Milliseconds. */
  readonly idle: number;
}

type Seen = "nothing" | "start" | "finish";

/**
 * Forwards a mode's parts under the first-part and idle timers and the contract of their order.
 * @throws {@link DualModeError} `TIMEOUT`, `PROVIDER_FAULT`, or the reason for which the attempt was stopped
 */
export async function* guardParts(
  parts: AsyncIterable<Part>,
  { watch, firstPart, idle }: PartGuard,
): AsyncGenerator<Part, void> {
  const iterator = parts[Symbol.asyncIterator]();
  let seen: Seen = "nothing";
  let ended = false;
  try {
    for (;;) {
      const result = await watch.next(iterator, seen === "nothing" ? firstPart : idle);
      if (result.done) break;
      seen = checkOrder(seen, result.value);
      yield result.value;
    }
    ended = true;
  } finally {
    watch.end();
    if (!ended) {
      watch.stop(new DualModeError("ABORTED", "The attempt is over."));
      await windUp(iterator);
    }
  }
  if (seen !== "finish") {
    throw new DualModeError(
      "INVALID_OUTPUT",
      "The answer ended without its end: it was cut short.",
    );
  }
}

function checkOrder(seen: Seen, part: Part): Seen {
  const wrong = partFault(part);
  if (wrong !== undefined) throw fault(wrong);
  if (part.type === "tool-call") refuseDeepValue(part.input);
  if (seen === "finish") throw fault(`gave a "${part.type}" part after "finish"`);
  if (seen === "nothing" && part.type !== "start") {
    throw fault(`gave "${part.type}" as its first part; it must be "start"`);
  }
  if (seen === "start" && part.type === "start") throw fault('gave "start" twice');
  return part.type === "finish" ? "finish" : "start";
}

function fault(what: string): DualModeError {
  return new DualModeError("PROVIDER_FAULT", `The provider broke the contract: it ${what}.`);
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
    // What a mode says while it is being stopped is not the call's outcome.
  } finally {
    clearTimeout(timer);
  }
}
