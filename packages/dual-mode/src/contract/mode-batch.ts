import type { DualModeError } from "../error.ts";
import type { CanonicalRequest } from "./canonical.ts";
import type { RunContext } from "./mode-context.ts";
import type { Part } from "./part.ts";

/** One request of a vendor's batch. */
export interface BatchLine {
  /** Comes back with the result: letters, digits, `_` and `-`, 40 at most. */
  readonly id: string;
  /** The body that `body` returned. */
  readonly body: object;
}

/** The result of one line. */
export interface BatchResult {
  /** The line's id. Without it, the result applies to each line that has no result of its own. */
  readonly id?: string;
  /** The result as the vendor sent it; `read` understands it. */
  readonly result: unknown;
  /**
   * Set without an id if the vendor refused the whole batch, for a reason that may pass or that its
   * owner must fix.
   */
  readonly refused?: DualModeError;
  /** Set without an id: how many answers the vendor counts that have not arrived. */
  readonly missing?: number;
}

/** A batch to look for in the vendor's list. */
export interface SoughtBatch {
  /** The prefix of the ids of its lines; letters and digits. */
  readonly mark: string;
  /** How many lines it has. */
  readonly lines: number;
  /** A time before which the batch was not submitted, in ms since the epoch. */
  readonly after: number;
  /** Ids of batches that are known to be other ones. */
  readonly others: readonly string[];
  /**
   * Set if nobody waits for the batch's results any more: a batch that has ended and may be the
   * wanted one is skipped.
   *
   * @default false
   */
  readonly isGivenUp?: boolean;
}

/**
 * The vendor's batch API, which answers many requests later and at a lower price: an optional
 * member of an SDK mode. All its functions throw like `run`.
 */
export interface ModeBatch<Options> {
  /**
   * The vendor's limits for one batch: the number of lines, and the bytes of their bodies as JSON.
   */
  readonly most: { readonly lines: number; readonly bytes: number };
  /** The share of the usual price that a batch costs: 0.5 is half. */
  readonly priceShare: number;
  /**
   * Names the group of a request. One batch holds only lines of one group, such as those of one
   * model if the vendor accepts only one model per batch.
   */
  group(request: CanonicalRequest, context: RunContext<Options>): string;
  /**
   * Returns a line without its id: the body that `run` would send, without the members that ask for
   * a stream.
   */
  body(request: CanonicalRequest, context: RunContext<Options>): object;
  /**
   * Submits lines with a mark by which `find` recognizes the batch, and returns the vendor's id. If
   * it is called again with the very same array, it does not upload anything twice.
   */
  submit(lines: readonly BatchLine[], mark: string, context: RunContext<Options>): Promise<string>;
  /** Removes, as far as possible, the uploads of lines that are not submitted after all. */
  discard?(lines: readonly BatchLine[], context: RunContext<Options>): Promise<void>;
  /**
   * Looks for a batch in the vendor's list. Returns `"later"` if this can be decided only after a
   * running batch has ended.
   */
  find(
    sought: SoughtBatch,
    context: RunContext<Options>,
  ): Promise<{ readonly id: string } | "later" | undefined>;
  /**
   * Whether the batch will give no more results.
   *
   * @param isGivenUp Whether nobody waits for results that the vendor delivers some time after the
   * end
   */
  hasEnded(id: string, context: RunContext<Options>, isGivenUp: boolean): Promise<boolean>;
  /**
   * Returns the results of a batch that has ended, in any order. A result that cannot be read is
   * left out, so that the others can still be read: lines without a result are asked for again for
   * a while.
   */
  results(id: string, context: RunContext<Options>): AsyncIterable<BatchResult>;
  /**
   * Asks the vendor to stop the batch. The batch then ends and keeps its answers. Throws nothing if
   * the batch is already being cancelled, or has ended.
   */
  cancel(id: string, context: RunContext<Options>): Promise<void>;
  /**
   * Returns the parts of an answer as `run` does, and throws the same errors for the same refusals.
   */
  read(
    result: unknown,
    request: CanonicalRequest,
    context: RunContext<Options>,
  ): AsyncIterable<Part>;
}
