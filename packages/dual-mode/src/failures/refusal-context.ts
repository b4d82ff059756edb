import type { Code } from "../contract/code.ts";
import type { Limits } from "../contract/part.ts";
import type { FailureRow } from "./failure-row.ts";

/** What a vendor's refusals mean, where it is not what they mean everywhere. */
export interface Refusals {
  /** Its own rows, which go before those that hold everywhere; the first that fits counts. */
  readonly failures?: readonly FailureRow[];
  /** What the reader can do, by code. */
  readonly fixes?: Readonly<Partial<Record<Code, string>>>;
}

/** What is known of a refusal besides its words. */
export interface RefusalContext extends Refusals {
  /** How the message begins. @default "The server refused" */
  readonly who?: string;
  /** The HTTP status; one that is not an error's counts for none. */
  readonly status?: number | undefined;
  /** The vendor's names for the failure, where they came apart from its words. */
  readonly types?: readonly string[];
  /** Milliseconds after which it said to ask again. */
  readonly retryAfter?: number | undefined;
  /** The vendor's own id of the request, where its headers tell it. */
  readonly requestId?: string | undefined;
  /** What it said of the credential's limits: `rateLimits(headers)`. */
  readonly limits?: Limits | undefined;
  /** Whether to ask again, where its headers tell it: `headerFacts(headers)`. */
  readonly retryable?: boolean | undefined;
  /** The code where nothing that was said is known, and there is no status. @default SERVER_ERROR */
  readonly otherwise?: Code;
  readonly cause?: unknown;
}
