import type { ModelResponse } from "../data/responses.ts";
import type { Kind } from "../harness/report.ts";

/** A cache in which callers of one key may share a computation. */
export interface CoalescingCache {
  readonly name: string;
  readonly kind: Kind;
  /** Whether several processes can share what it keeps. */
  readonly shared: boolean;
  open(directory: string): Promise<OpenCoalescingCache>;
}

export interface OpenCoalescingCache {
  getOrCompute(key: string, compute: () => Promise<ModelResponse>): unknown;
  close(): unknown;
}
