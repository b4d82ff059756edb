import type { ChatOptions } from "../chat/chat-options.ts";

/** The flags of `acc batch`, as they were parsed: those of a call, and its own. */
export interface BatchFlags extends ChatOptions {
  readonly output: string;
  readonly failures?: string;
  readonly retryFailed?: boolean;
  /** US dollars. */
  readonly maxCost?: number;
  readonly concurrency: number;
  /** Address of the Redis where workers take lines. */
  readonly queue?: string;
}
