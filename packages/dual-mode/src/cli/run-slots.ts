import { abortReason, throwIfAborted } from "../abort-reason.ts";
import { processWide } from "../host/process-wide.ts";

interface Slots {
  running: number;
  readonly waiting: Set<() => void>;
}

const slotsOf: Map<string, Slots> = processWide("run-slots", () => new Map());

/**
 * Waits until fewer than `limit` runs of a command are in progress in this process, first come
 * first served, and returns a function that frees the slot.
 *
 * @throws {@link DualModeError} the signal's reason, if it is aborted before a slot was free.
 */
export async function takeSlot(
  command: string,
  limit: number,
  signal: AbortSignal,
): Promise<() => void> {
  throwIfAborted(signal);
  const slots = slotsOf.get(command) ?? { running: 0, waiting: new Set() };
  slotsOf.set(command, slots);
  if (slots.running >= limit) {
    await turn(slots, signal);
  } else {
    slots.running += 1;
  }
  return () => leave(command, slots);
}

function turn(slots: Slots, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal.removeEventListener("abort", stop);
      resolve();
    };
    const stop = () => {
      slots.waiting.delete(go);
      reject(abortReason(signal));
    };
    slots.waiting.add(go);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** Passes the slot to the run that has waited longest, so that none overtakes another. */
function leave(command: string, slots: Slots): void {
  for (const next of slots.waiting) {
    slots.waiting.delete(next);
    next();
    return;
  }
  slots.running -= 1;
  if (slots.running === 0) {
    slotsOf.delete(command);
  }
}
