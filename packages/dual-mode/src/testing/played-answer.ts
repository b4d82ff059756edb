import type { Code } from "../contract/code.ts";

/** A whole answer, which the author's functions put into their vendor's words. */
export interface PlayedAnswer {
  readonly model: string;
  /** The pieces of the text, in their order: each in an event of its own. */
  readonly texts: readonly string[];
  /** With "content-filter" there are no pieces. */
  readonly finish: "stop" | "length" | "content-filter";
  /** The request has a schema, and the text is JSON. */
  readonly structured?: boolean;
  /** The vendor's id of the answer: for wires whose vendor gives one. */
  readonly id?: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The vendor's own words for the ends of answers. */
export type PlayedReasons = Readonly<Partial<Record<PlayedAnswer["finish"], string>>>;

/** A tool call of an answer, which the author's functions put into their vendor's words. */
export interface PlayedCall {
  readonly name: string;
  readonly input: object;
}

/** A refusal, which the author's functions put into their vendor's words. */
export interface PlayedFailure {
  /** What the provider must make of it. */
  readonly code: Code;
  /** The HTTP status that is usual for it. */
  readonly status: number;
  /** A type that is usual for it: "insufficient_quota". */
  readonly type: string;
  readonly message: string;
  /** Seconds to wait; of `RATE_LIMITED` alone. */
  readonly retryAfter?: number;
}
