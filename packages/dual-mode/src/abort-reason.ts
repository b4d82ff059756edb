import { DualModeError } from "./error.ts";

/** The error that an aborted signal stands for: its reason where that is one of ours, else `ABORTED`. */
export function abortReason(signal: AbortSignal): DualModeError {
  const { reason } = signal;
  if (DualModeError.is(reason)) {
    return reason;
  }
  return new DualModeError("ABORTED", "The call was aborted.", { cause: reason });
}

/** @throws {@link DualModeError} what {@link abortReason} gives, if the signal is aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw abortReason(signal);
  }
}
