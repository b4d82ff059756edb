import { DualModeError } from "./error.ts";

/**
 * Returns the error of an aborted signal: its reason if that is a `DualModeError`, otherwise
 * `ABORTED`.
 */
export function abortReason(signal: AbortSignal): DualModeError {
  const { reason } = signal;
  if (DualModeError.is(reason)) {
    return reason;
  }
  return new DualModeError("ABORTED", "The call was aborted.", { cause: reason });
}

/**
 * Throws if the signal is aborted.
 *
 * @throws {@link DualModeError} the error of {@link abortReason}
 */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw abortReason(signal);
  }
}
