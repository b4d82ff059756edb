import type { DualModeError } from "../error.ts";
import type { CanonicalRequest } from "./canonical.ts";
import type { RunContext } from "./mode-context.ts";
import type { Part } from "./part.ts";

/** One request of a vendor's batch. */
export interface BatchLine {
  /** It comes back with the result: letters, digits, `_` and `-`, 40 at most. */
  readonly id: string;
  /** What `body` gave. */
  readonly body: object;
}

/** The result of one line. */
export interface BatchResult {
  /** The line's id. Without it, the result applies to each line that has no result of its own. */
  readonly id?: string;
  /** As the vendor sent it; `read` understands it. */
  readonly result: unknown;
  /** Without an id: the vendor refused the whole batch, for a reason that may pass or that its owner must fix. */
  readonly refused?: DualModeError;
  /** Without an id: how many answers the vendor counts that have not arrived. */
  readonly missing?: number;
}

/** A batch that the vendor may or may not have. */
export interface SoughtBatch {
  /** The prefix of the ids of its lines; letters and digits. */
  readonly mark: string;
  /** How many lines it has. */
  readonly lines: number;
  /** Milliseconds since the epoch; it was not submitted before this time. */
  readonly after: number;
  /** Ids of batches that are known to be others. */
  readonly others: readonly string[];
  /**
   * Nobody waits for its results any more: one that has ended, and may be it, is skipped.
   * @default false
   */
  readonly isGivenUp?: boolean;
}

/**
 * The vendor's own API for many requests that may wait, at a lower price: an optional member of an SDK
 * mode. All its functions throw like `run`.
 */
export interface ModeBatch<Options> {
  /** The vendor's limits of one batch: lines, and bytes of their bodies as JSON. */
  readonly most: { readonly lines: number; readonly bytes: number };
  /** The share of the usual price: 0.5 is half. */
  readonly priceShare: number;
  /** Lines of one batch have the same: a model, where the vendor takes one alone. */
  group(request: CanonicalRequest, context: RunContext<Options>): string;
  /** A line without its id: the same body that `run` would send, without what makes it a stream. */
  body(request: CanonicalRequest, context: RunContext<Options>): object;
  /**
   * Submits lines, marked so that `find` knows them again; gives the vendor's id. Called again with the
   * very same array it uploads nothing a second time.
   */
  submit(lines: readonly BatchLine[], mark: string, context: RunContext<Options>): Promise<string>;
  /** Removes, as far as possible, what was uploaded for lines that are not submitted after all. */
  discard?(lines: readonly BatchLine[], context: RunContext<Options>): Promise<void>;
  /**
   * Looks for a batch among those that the vendor lists; `"later"` where it cannot be told before one
   * that runs has ended.
   */
  find(
    sought: SoughtBatch,
    context: RunContext<Options>,
  ): Promise<{ readonly id: string } | "later" | undefined>;
  /**
   * Whether nothing more will come of it.
   * @param isGivenUp Nobody waits for what a vendor gives some time after the end
   */
  hasEnded(id: string, context: RunContext<Options>, isGivenUp: boolean): Promise<boolean>;
  /**
   * The results of a batch that has ended, in any order. One that cannot be read is left out, so that
   * the others are read all the same: lines without a result are looked for again, for a while.
   */
  results(id: string, context: RunContext<Options>): AsyncIterable<BatchResult>;
  /**
   * Asks the vendor to stop. The batch then ends and keeps its answers. Nothing is thrown if it
   * is already being cancelled, or has ended.
   */
  cancel(id: string, context: RunContext<Options>): Promise<void>;
  /** The parts of an answer, as `run` gives them; throws the same for the same refusals. */
  read(
    result: unknown,
    request: CanonicalRequest,
    context: RunContext<Options>,
  ): AsyncIterable<Part>;
}
