import type { Mode, Usage } from "@acc/dual-mode";

/** The API form of a call: OpenAI's chat completions or responses, or Anthropic's messages. */
export type WireName = "chat" | "responses" | "messages";

/**
 * A call that has ended, for logs and statistics. It contains no text of the conversation but
 * `prompt`.
 */
export interface CallRecord {
  /** The `x-request-id` of the answer. */
  readonly id: string;
  /** When the request arrived, in milliseconds since the epoch. */
  readonly at: number;
  readonly wire: WireName;
  /** "owner", or the key's name. */
  readonly caller: string;
  /** The model as the request names it. */
  readonly asked: string;
  readonly provider?: string;
  readonly model?: string;
  readonly mode?: Mode;
  readonly cached: boolean;
  /** An identical call in flight produced the answer. */
  readonly joined?: boolean;
  /** A CLI process that was started in advance produced the answer. */
  readonly warm?: boolean;
  readonly fallback: boolean;
  readonly attempts: number;
  /** Milliseconds from the request to the end of its answer. */
  readonly ms: number;
  /** Milliseconds from the request to the first piece of a streamed answer. */
  readonly firstMs?: number;
  readonly usage?: Usage;
  readonly costUsd?: number;
  /** HTTP status; for a stream that failed midway, the status that its failure would have had. */
  readonly status: number;
  readonly code?: string;
  /** The last text of the user; only if `keepPrompts` is set. */
  readonly prompt?: string;
}
