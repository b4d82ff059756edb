import { type Code, type DualModeError, setupCodes } from "@acc/dual-mode";

/** Errors that would fail every other line too, until somebody fixes the cause. */
const endsAll: ReadonlySet<Code> = new Set([
  ...setupCodes,
  "AUTHENTICATION_FAILED",
  "QUOTA_EXHAUSTED",
  "WRONG_ADDRESS",
  "CLOSED",
]);

/** Whether a failure concerns the whole batch: the line is not at fault, and is sent again. */
export function endsBatch({ code, causes }: DualModeError): boolean {
  if (code !== "ALL_ROUTES_FAILED") return endsAll.has(code);
  return causes.length > 0 && causes.every(endsBatch);
}

/**
 * Errors of a vendor or network that is unavailable. Lines fail one after the other, so the run
 * stops before all have.
 */
const away: ReadonlySet<string> = new Set(["NETWORK", "OVERLOADED", "SERVER_ERROR", "TIMEOUT"]);

/** Counts lines that fail in a row through no fault of their own. */
export class InARow {
  readonly most: number;
  #failed = 0;

  constructor(most: number) {
    this.most = most;
  }

  answered(): void {
    this.#failed = 0;
  }

  /** Whether so many have failed that the vendor must be unavailable. */
  failed({ code, causes }: DualModeError): boolean {
    const isAway =
      away.has(code) || (causes.length > 0 && causes.every((one) => away.has(one.code)));
    this.#failed = isAway ? this.#failed + 1 : 0;
    return this.#failed >= this.most;
  }
}
