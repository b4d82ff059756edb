import type { CallRecord } from "../contract/call-record.ts";

/** A call as the page shows it. */
export type ShownCall = CallRecord & {
  /** US dollars that an answer from the cache, or from another call in flight, would have cost. */
  readonly savedUsd?: number;
};
