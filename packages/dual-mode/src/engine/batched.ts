import type { CanonicalRequest } from "../contract/canonical.ts";
import type { RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";

/** The option of a call whose answer comes from a vendor's batch. */
export const batched: unique symbol = Symbol("batched");

/** Replaces the mode's `run`, with the share of the price that is paid. */
export interface Batched {
  readonly priceShare: number;
  run(request: CanonicalRequest, context: RunContext<never>): AsyncIterable<Part>;
}

/** The options of a call whose answer comes from a vendor's batch. */
export interface BatchedOptions {
  readonly [batched]?: Batched;
}
