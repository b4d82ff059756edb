import type { ChatOptions } from "../chat/parsed-flags.ts";

/** The parsed flags of `acc batch`: those of a call, and its own. */
export interface BatchFlags extends ChatOptions {
  readonly output: string;
  readonly failures?: string;
  readonly retryFailed?: boolean;
  /** US dollars. */
  readonly maxCost?: number;
  readonly concurrency: number;
  readonly vendorBatch?: boolean;
  /** Seconds. */
  readonly poll: number;
  readonly cancel?: boolean;
  /** Address of the Redis from which workers take lines. */
  readonly queue?: string;
}
