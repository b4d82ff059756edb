import type { Usage } from "../contract/part.ts";

/** One event of a stream of chat completions, as far as it is read. */
export interface ChatChunk {
  readonly id?: string;
  readonly model?: string;
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string | null;
      readonly reasoning?: string | null;
      readonly reasoning_content?: string | null;
      readonly tool_calls?: readonly ChatCallDelta[];
    };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
  readonly error?: { readonly message?: string; readonly code?: string | number } | string;
}

/** A piece of a tool call; pieces of one index belong together. */
export interface ChatCallDelta {
  readonly index?: number;
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

export function toChatUsage({ usage }: ChatChunk): Usage {
  return {
    ...(usage?.prompt_tokens !== undefined && { inputTokens: usage.prompt_tokens }),
    ...(usage?.completion_tokens !== undefined && { outputTokens: usage.completion_tokens }),
  };
}
