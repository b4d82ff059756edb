import type { Code } from "../contract/code.ts";

/** One line of a table that says what a vendor's refusals mean. All that it names must fit. */
export interface FailureRow {
  readonly code: Code;
  /** The vendor's whole name for the failure (its type, code, status or reason), in any case. */
  readonly type?: string;
  /** What it says, in any case; `…` is for at most 200 other characters: "model … does not exist". */
  readonly words?: string;
  /** HTTP statuses; where words come without a status, they count alone. */
  readonly status?: number | readonly number[];
  /** It came as a page for people, which no API sends. */
  readonly page?: true;
  /** The same request would be refused in the same way. @default what the code says */
  readonly retryable?: false;
  /** What the reader can do, where it is not what the code's usual fix says. */
  readonly fix?: string;
  /**
   * Milliseconds for which the credential is then left alone, whatever wait was named; 0 where only a
   * request like this one is refused. @default the wait that was named, or the code's own
   */
  readonly cooldown?: number;
}
