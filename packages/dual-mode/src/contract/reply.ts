import type { Attempt } from "./attempt.ts";
import type { Mode } from "./mode.ts";
import type { FinishReason, Limits, Source, Usage, Warning } from "./part.ts";
import type { AssistantContent, ToolCall } from "./request.ts";

/** What an answer cost. */
export interface Cost {
  /** US dollars. */
  readonly amount: number;
  /** Whether the vendor's CLI reported it, or it comes from the caller's `prices`. */
  readonly source: "reported" | "prices";
}

/** A complete answer; `T` is the output type of the request's schema. */
export interface Reply<T = unknown> {
  /** The vendor's id of the answer, if it gives one. */
  readonly id?: string;
  readonly text: string;
  /**
   * The answer in order: text, reasoning and tool calls. Send it back unchanged as a turn of the
   * next request: `{ role: "assistant", content: reply.content }`.
   */
  readonly content: readonly AssistantContent[];
  /** The model's thinking, if it showed any. */
  readonly reasoning?: string;
  readonly toolCalls: readonly ToolCall[];
  /**
   * The parsed and checked text of a request with a `schema`. Absent if the answer does not have
   * that shape because it calls tools or was cut at its token limit, as `finishReason` says.
   */
  readonly object?: T;
  readonly provider: string;
  /** The mode that answered; for a cached answer, the one that answered originally. */
  readonly mode: Mode;
  readonly model: string;
  readonly cached: boolean;
  /**
   * Set if an identical call in flight produced the answer and was billed for it: its tokens and
   * attempts are that call's.
   */
  readonly joined?: true;
  /** Set if a standby process of the CLI answered; absent on a cached answer. */
  readonly warm?: true;
  /**
   * Whether an earlier route was tried and failed, or the mode that would have come first cannot be
   * used.
   */
  readonly fallback: boolean;
  readonly usage?: Usage;
  /**
   * The cost of the answer. Absent if it is not known: it is never estimated, and no price is built
   * in.
   */
  readonly cost?: Cost;
  readonly finishReason: FinishReason;
  /** The vendor's own word for the finish reason. */
  readonly vendorReason?: string;
  /**
   * Which of the request's `stop` strings ended the answer; absent if the vendor does not report
   * it.
   */
  readonly stopSequence?: string;
  /** The sources that the vendor cites; empty if it cites none. */
  readonly sources: readonly Source[];
  /** The credential's limits, as the vendor reported them; absent on a cached answer. */
  readonly limits?: Limits;
  /** The request's CID; absent if the request is not cacheable. */
  readonly cid?: string;
  /** Every route tried, the one that answered last; empty for a cached answer. */
  readonly attempts: readonly Attempt[];
  readonly warnings: readonly Warning[];
}
