import { type Code, type DualModeError, setupCodes } from "@acc/dual-mode";

/** What would fail every other line too, until somebody has done something about it. */
const endsAll: ReadonlySet<Code> = new Set([
  ...setupCodes,
  "AUTHENTICATION_FAILED",
  "QUOTA_EXHAUSTED",
  "WRONG_ADDRESS",
  "CLOSED",
]);

/** Whether a failure is that of the batch: the line has no part in it, and is asked again. */
export function endsBatch({ code, causes }: DualModeError): boolean {
  if (code !== "ALL_ROUTES_FAILED") return endsAll.has(code);
  return causes.length > 0 && causes.every(endsBatch);
}

/** A vendor or a network that is away fails line after line; it is not asked for each of them. */
const away: ReadonlySet<string> = new Set(["NETWORK", "OVERLOADED", "SERVER_ERROR", "TIMEOUT"]);

/** Counts the lines that fail one after the other by what is no fault of theirs. */
export class InARow {
  readonly most: number;
  #failed = 0;

  constructor(most: number) {
    this.most = most;
  }

  answered(): void {
    this.#failed = 0;
  }

  /** Whether so many have failed that nobody is there to be asked. */
  failed({ code, causes }: DualModeError): boolean {
    const isAway =
      away.has(code) || (causes.length > 0 && causes.every((one) => away.has(one.code)));
    this.#failed = isAway ? this.#failed + 1 : 0;
    return this.#failed >= this.most;
  }
}
