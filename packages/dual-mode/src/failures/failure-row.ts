import type { Code } from "../contract/code.ts";

/** One row of a table of a vendor's refusals. All its conditions must match. */
export interface FailureRow {
  readonly code: Code;
  /** The vendor's whole name for the failure (its type, code, status or reason), in lower case. */
  readonly type?: string;
  /**
   * Words of the message, in lower case; `…` stands for at most 200 other characters: "model … does
   * not exist".
   */
  readonly words?: string;
  /** HTTP statuses. If a message comes without a status, the words decide alone. */
  readonly status?: number | readonly number[];
  /** Whether it is a web page, which no API sends. */
  readonly page?: true;
  /**
   * False if the same request would be refused in the same way.
   *
   * @default as the code says
   */
  readonly retryable?: false;
  /** The fix, if it differs from the code's usual one. */
  readonly fix?: string;
  /**
   * The cooldown of the credential in ms, whatever wait the vendor named; 0 if only a request like
   * this one is refused.
   *
   * @default the wait that the vendor named, or the code's own
   */
  readonly cooldown?: number;
}
