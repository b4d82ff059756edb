import type { VendorUsage } from "../usage.ts";

/** The last event of a run, as far as it is read. */
export interface Result {
  readonly is_error?: boolean;
  readonly subtype?: string;
  readonly result?: string;
  readonly api_error_status?: number | null;
  readonly stop_reason?: string | null;
  readonly terminal_reason?: string;
  readonly total_cost_usd?: number;
  readonly usage?: VendorUsage;
}
