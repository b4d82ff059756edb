/**
 * Milliseconds from a call's first line to the start of the next standby process. By then the
 * call's command has asked the vendor and leaves the machine free.
 */
const pause = 100;

/** Decides when the next standby process is started. */
export interface Refill {
  /** Starts it some time from now: the call's first line has arrived. */
  soon(): void;
  /** Starts it now if that is still due: the call is at its end. */
  now(): void;
  /** Cancels the start: the call was aborted. */
  never(): void;
}

export function refillOf(start: (() => void) | undefined): Refill {
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  const never = () => {
    clearTimeout(timer);
    isDue = false;
  };
  const now = () => {
    if (!isDue) return;
    never();
    try {
      start?.();
    } catch {
      // The next call starts a process of its own, and reports the error.
    }
  };
  return {
    soon: () => {
      if (start === undefined) return;
      isDue = true;
      timer = setTimeout(now, pause).unref();
    },
    now,
    never,
  };
}
