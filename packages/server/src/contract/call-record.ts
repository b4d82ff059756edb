import type { Mode, Usage } from "@acc/dual-mode";

/** Whose form a call has: OpenAI's chat completions or responses, or Anthropic's messages. */
export type WireName = "chat" | "responses" | "messages";

/** A call that has ended, for whoever shows or counts them; nothing of what was said. */
export interface CallRecord {
  /** As in `x-request-id`. */
  readonly id: string;
  /** When it came, in milliseconds since the epoch. */
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
  /** An identical call in flight made the answer. */
  readonly joined?: boolean;
  /** A process of the CLI that had waited made the answer. */
  readonly warm?: boolean;
  readonly fallback: boolean;
  readonly attempts: number;
  /** Milliseconds from the request to its end. */
  readonly ms: number;
  /** Milliseconds to the first piece of a streamed answer. */
  readonly firstMs?: number;
  readonly usage?: Usage;
  readonly costUsd?: number;
  /** HTTP status; of a stream that failed on its way, the one that the failure would have had. */
  readonly status: number;
  readonly code?: string;
  /** The last thing that the user said: only where `keepPrompts` is set. */
  readonly prompt?: string;
}
