import { onAbort } from "../client/on-abort.ts";
import type { CallOptions } from "../contract/call-options.ts";
import { outOfTime, resolveTimeouts } from "../engine/timers.ts";
import { DualModeError } from "../error.ts";

/** Ends a run by its caller's signal and by its timeout, which includes its calls and tools. */
export function boundRun(
  { signal, timeout }: CallOptions,
  control: AbortController,
): { end(): void } {
  const stop = () =>
    control.abort(
      new DualModeError("ABORTED", "The caller aborted the run.", { cause: signal?.reason }),
    );
  if (signal?.aborted) stop();
  const deafen = signal && onAbort(signal, stop);
  const isBound = typeof timeout === "object" ? timeout.total !== undefined : timeout !== undefined;
  const { total } = resolveTimeouts(timeout);
  const timer = isBound ? setTimeout(() => control.abort(outOfTime(total)), total) : undefined;
  return {
    end() {
      clearTimeout(timer);
      deafen?.();
    },
  };
}
