import {
  type DualModeError,
  givenCount,
  isMembers,
  type JsonObject,
  withDetails,
} from "@acc/dual-mode/provider";

/** When a login's limit ends, as the CLI tells in an event of its own before the error. */
export class LimitReset {
  #at: number | undefined;

  /** A `rate_limit_event`: its time is in seconds since the epoch. */
  read({ rate_limit_info: info }: JsonObject): void {
    if (isMembers(info) && info.status === "rejected") this.#at = givenCount(info.resetsAt);
  }

  /** The same error with the wait, where it is a limit whose words tell none. */
  addTo(error: DualModeError): DualModeError {
    const { code, retryAfter } = error;
    const isLimit = code === "QUOTA_EXHAUSTED" || code === "RATE_LIMITED";
    if (this.#at === undefined || !isLimit || retryAfter !== undefined) return error;
    const wait = Math.max(0, Math.ceil(this.#at * 1000 - Date.now()));
    return withDetails(error, { retryAfter: wait });
  }
}
