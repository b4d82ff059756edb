import type { CanonicalRequest } from "../contract/canonical.ts";
import type { RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";

/** In the options of a call whose answer comes by a vendor's batch. */
export const batched: unique symbol = Symbol("batched");

/** What stands in for the mode's `run`, and what part of the price is paid. */
export interface Batched {
  readonly priceShare: number;
  run(request: CanonicalRequest, context: RunContext<never>): AsyncIterable<Part>;
}

/** The options of such a call. */
export interface BatchedOptions {
  readonly [batched]?: Batched;
}
