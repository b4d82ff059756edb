import type { Feature } from "./mode.ts";

/** Tokens and cost as the vendor reported them; a member that it did not report is absent. */
export interface Usage {
  /** Tokens of the prompt that were read anew, those of a cache not counted. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Those of `cacheWriteTokens` that are kept for an hour, which costs more. */
  readonly cacheWriteHourTokens?: number;
  readonly reasoningTokens?: number;
  /** US dollars, as a CLI reports them. */
  readonly cost?: number;
}

/** Why an answer ended; only one that ended with `stop` or `tool-calls` is whole. */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "other";

/** Something the caller should know of an answer that is good all the same. */
export interface Warning {
  readonly code: "PAYER_CHANGED" | "NOT_CACHEABLE" | "FEATURE_IGNORED" | "SECRET_IN_ANSWER";
  readonly message: string;
  /** Of `FEATURE_IGNORED`: what the answer was given without. */
  readonly features?: readonly Feature[];
}

/** What is left of one of a vendor's limits. */
export interface Limit {
  readonly limit?: number;
  readonly remaining?: number;
  /** Milliseconds since the epoch. */
  readonly resetsAt?: number;
}

/** What the vendor said of the limits that a credential is under; what it did not say is absent. */
export interface Limits {
  readonly requests?: Limit;
  /** Input and output together. */
  readonly tokens?: Limit;
  readonly inputTokens?: Limit;
  readonly outputTokens?: Limit;
  /** Of a login: the vendor's session of five hours, in percent: the limit is 100. */
  readonly fiveHours?: Limit;
  /** Of a login, in percent: the limit is 100. */
  readonly week?: Limit;
}

/** What an answer is based on, as the vendor cites it. */
export interface Source {
  readonly url?: string;
  readonly title?: string;
  /** The words that are cited. */
  readonly text?: string;
}

/** One event of a stream: first `start`, last `finish`, the rest between them as it comes. */
export type Part =
  | { readonly type: "start"; readonly model?: string; readonly id?: string }
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "reasoning";
      readonly text: string;
      /** Ends a thought: what the vendor wants back with it; it begins with the provider's id. */
      readonly signature?: string;
    }
  /**
   * A piece of a tool call's arguments, as JSON text, while the call is being written: for showing
   * alone. The `tool-call` of the same id follows with the whole input; a kept answer has no pieces.
   */
  | {
      readonly type: "tool-input";
      readonly id: string;
      readonly name: string;
      readonly text: string;
    }
  | {
      readonly type: "tool-call";
      readonly id: string;
      readonly name: string;
      readonly input: unknown;
      /** What the vendor wants back with the call; it begins with the provider's id, for no other can read it. */
      readonly signature?: string;
    }
  | { readonly type: "source"; readonly source: Source }
  | { readonly type: "usage"; readonly usage: Usage }
  /** Of this call's credential at this moment: not kept. */
  | { readonly type: "limits"; readonly limits: Limits }
  | { readonly type: "warning"; readonly warning: Warning }
  | {
      readonly type: "finish";
      readonly reason: FinishReason;
      /** The vendor's own word for it: "end_turn", "MAX_TOKENS" … */
      readonly vendorReason?: string;
      /** Which of the request's `stop` ended the answer, where the vendor tells. */
      readonly stopSequence?: string;
    };
