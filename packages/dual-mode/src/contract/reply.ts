import type { Attempt } from "./attempt.ts";
import type { Mode } from "./mode.ts";
import type { FinishReason, Limits, Source, Usage, Warning } from "./part.ts";
import type { AssistantContent, ToolCall } from "./request.ts";

/** What an answer cost. */
export interface Cost {
  /** US dollars. */
  readonly amount: number;
  /** The vendor's CLI said so, or the caller's `prices` make it so. */
  readonly source: "reported" | "prices";
}

/** A whole answer; `T` is what the request's schema makes of it. */
export interface Reply<T = unknown> {
  /** The vendor's id of the answer, where it gives one. */
  readonly id?: string;
  readonly text: string;
  /**
   * The answer in its order: text, reasoning and tool calls. It goes back whole as a turn of the
   * next request: `{ role: "assistant", content: reply.content }`.
   */
  readonly content: readonly AssistantContent[];
  /** The model's thinking, where it showed any. */
  readonly reasoning?: string;
  readonly toolCalls: readonly ToolCall[];
  /**
   * With a `schema`: the text, parsed and checked. Absent where the answer is none of that shape: it
   * calls tools, or was cut by its bound of tokens, as `finishReason` says.
   */
  readonly object?: T;
  readonly provider: string;
  /** The mode that answered; of a cached answer, the one that it came through. */
  readonly mode: Mode;
  readonly model: string;
  readonly cached: boolean;
  /** An identical call in flight made it, and paid for it: its tokens and attempts are that call's. */
  readonly joined?: true;
  /** A process of the CLI that had been started ahead answered; absent on a cached answer. */
  readonly warm?: true;
  /** An earlier route was tried and failed, or the mode that would have come first cannot be used. */
  readonly fallback: boolean;
  readonly usage?: Usage;
  /** Absent where nobody told: nothing is guessed, and no price is built in. */
  readonly cost?: Cost;
  readonly finishReason: FinishReason;
  /** The vendor's own word for it. */
  readonly vendorReason?: string;
  /** Which of the request's `stop` ended the answer; absent where the vendor does not tell. */
  readonly stopSequence?: string;
  /** What the vendor cites; empty where it cites nothing. */
  readonly sources: readonly Source[];
  /** What the vendor said of the credential's limits; absent on a cached answer. */
  readonly limits?: Limits;
  /** The request's CID; absent where the request is not cacheable. */
  readonly cid?: string;
  /** Every route tried, the one that answered last; empty for a cached answer. */
  readonly attempts: readonly Attempt[];
  readonly warnings: readonly Warning[];
}
