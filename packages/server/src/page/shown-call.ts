import type { CallRecord } from "../contract/call-record.ts";

/** A call as the page shows it. */
export type ShownCall = CallRecord & {
  /** US dollars that an answer which nobody paid for again would have cost. */
  readonly savedUsd?: number;
};
