/**
 * Milliseconds from a call's first line to the start of what waits for the next: by then its command
 * has asked the vendor, for which it needs the machine more.
 */
const pause = 100;

/** When the next process is started. */
export interface Refill {
  /** The call's first line is there: some time from now. */
  soon(): void;
  /** The call is at its end: now, where it is not done. */
  now(): void;
  /** The call was aborted: not any more. */
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
      // The next call is made without it, and tells why.
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
