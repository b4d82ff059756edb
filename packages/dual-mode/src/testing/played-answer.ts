import type { Code } from "../contract/code.ts";

/** A whole answer, which the author's functions convert to their vendor's format. */
export interface PlayedAnswer {
  readonly model: string;
  /** The pieces of the text in order, each in an event of its own. */
  readonly texts: readonly string[];
  /** There are no pieces with "content-filter". */
  readonly finish: "stop" | "length" | "content-filter";
  /** Set if the request has a schema, and the text is JSON. */
  readonly structured?: boolean;
  /** The vendor's id of the answer, for vendors that send one. */
  readonly id?: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The vendor's own words for the finish reasons. */
export type PlayedReasons = Readonly<Partial<Record<PlayedAnswer["finish"], string>>>;

/** A tool call of an answer, which the author's functions convert to their vendor's format. */
export interface PlayedCall {
  readonly name: string;
  readonly input: object;
}

/** A refusal, which the author's functions convert to their vendor's format. */
export interface PlayedFailure {
  /** The code that the provider must give it. */
  readonly code: Code;
  /** The usual HTTP status for it. */
  readonly status: number;
  /** A usual type for it: "insufficient_quota". */
  readonly type: string;
  readonly message: string;
  /** Seconds to wait; only for `RATE_LIMITED`. */
  readonly retryAfter?: number;
}
