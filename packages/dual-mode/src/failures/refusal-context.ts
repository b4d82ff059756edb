import type { Code } from "../contract/code.ts";
import type { Limits } from "../contract/part.ts";
import type { FailureRow } from "./failure-row.ts";

/** The meanings of a vendor's refusals, where they differ from the common ones. */
export interface Refusals {
  /**
   * The vendor's own rows, which are checked before the common ones; the first that matches counts.
   */
  readonly failures?: readonly FailureRow[];
  /** Fixes by code. */
  readonly fixes?: Readonly<Partial<Record<Code, string>>>;
}

/** What is known of a refusal besides its message. */
export interface RefusalContext extends Refusals {
  /**
   * The beginning of the error's message.
   *
   * @default "The server refused"
   */
  readonly who?: string;
  /** The HTTP status; one that is not an error status is ignored. */
  readonly status?: number | undefined;
  /** The vendor's names for the failure, if they came separately from its message. */
  readonly types?: readonly string[];
  /** How long the vendor asked to wait, in ms. */
  readonly retryAfter?: number | undefined;
  /** The vendor's own id of the request, from its headers. */
  readonly requestId?: string | undefined;
  /** The credential's limits, as `rateLimits(headers)` reads them. */
  readonly limits?: Limits | undefined;
  /** Whether a retry makes sense, if the headers say it: `headerFacts(headers)`. */
  readonly retryable?: boolean | undefined;
  /**
   * The code if nothing in the refusal is recognized, and there is no status.
   *
   * @default SERVER_ERROR
   */
  readonly otherwise?: Code;
  readonly cause?: unknown;
}
