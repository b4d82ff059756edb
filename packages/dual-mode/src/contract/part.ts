import type { Feature } from "./mode.ts";

/** Tokens and cost as the vendor reported them; a member that it did not report is absent. */
export interface Usage {
  /** Tokens of the prompt, without those that were read from a cache. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** The share of `cacheWriteTokens` that is cached for an hour, which costs more. */
  readonly cacheWriteHourTokens?: number;
  readonly reasoningTokens?: number;
  /** US dollars, as a CLI reports them. */
  readonly cost?: number;
}

/** Why an answer ended; only one that ended with `stop` or `tool-calls` is complete. */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "other";

/** Something that the caller should know about a valid answer. */
export interface Warning {
  readonly code: "PAYER_CHANGED" | "NOT_CACHEABLE" | "FEATURE_IGNORED" | "SECRET_IN_ANSWER";
  readonly message: string;
  /** For `FEATURE_IGNORED`: the feature that was left out. */
  readonly features?: readonly Feature[];
}

/** One of a vendor's limits, and how much of it is left. */
export interface Limit {
  readonly limit?: number;
  readonly remaining?: number;
  /** Milliseconds since the epoch. */
  readonly resetsAt?: number;
}

/** A credential's limits, as the vendor reported them; a limit that it did not report is absent. */
export interface Limits {
  readonly requests?: Limit;
  /** Input and output together. */
  readonly tokens?: Limit;
  readonly inputTokens?: Limit;
  readonly outputTokens?: Limit;
  /** For a login: the vendor's five-hour session, in percent; the limit is 100. */
  readonly fiveHours?: Limit;
  /** For a login, in percent; the limit is 100. */
  readonly week?: Limit;
}

/** A source that an answer is based on, as the vendor cites it. */
export interface Source {
  readonly url?: string;
  readonly title?: string;
  /** The words that are cited. */
  readonly text?: string;
}

/**
 * One event of a stream: `start` comes first, `finish` last, the others between them as they
 * arrive.
 */
export type Part =
  | { readonly type: "start"; readonly model?: string; readonly id?: string }
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "reasoning";
      readonly text: string;
      /**
       * Set on the last part of a thought: the vendor's data to send back with it. It begins with
       * the provider's id.
       */
      readonly signature?: string;
    }
  /**
   * A piece of a tool call's arguments, as JSON text, while the call is being written, only for
   * display. The `tool-call` with the same id follows with the complete input; a cached answer has no pieces.
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
      /**
       * The vendor's data to send back with the call. It begins with the provider's id, because no
       * other provider can read it.
       */
      readonly signature?: string;
    }
  | { readonly type: "source"; readonly source: Source }
  | { readonly type: "usage"; readonly usage: Usage }
  /** The limits of this call's credential at this moment; they are not cached. */
  | { readonly type: "limits"; readonly limits: Limits }
  | { readonly type: "warning"; readonly warning: Warning }
  | {
      readonly type: "finish";
      readonly reason: FinishReason;
      /** The vendor's own word for it: "end_turn", "MAX_TOKENS" … */
      readonly vendorReason?: string;
      /** Which of the request's `stop` strings ended the answer, if the vendor reports it. */
      readonly stopSequence?: string;
    };
