import type { CallOptions, ChatRequest, Client, Prices } from "@acc/dual-mode";

/** The content of a line of JSONL or of a row of CSV. */
export type Row = Readonly<Record<string, unknown>>;

/** Members that every request of a batch has, unless its line sets them. */
export type BatchDefaults = Omit<ChatRequest, "messages" | "metadata">;

/** The options of a batch: the client that it uses, what it reads, where it writes. */
export interface BatchOptions {
  /** The client that answers; it is not closed. */
  readonly client: Client;
  /** A JSONL file, or a CSV file if its name ends in `.csv`. */
  readonly input: string;
  /**
   * The file for the answers, one per line, in the order in which they arrive: JSONL, or CSV if its
   * name ends in `.csv`. The journal, from which a batch continues, is next to it:
   * `<output>.journal`.
   */
  readonly output: string;
  /**
   * A JSONL file for the lines that failed; it is removed if none has.
   * @default `<output>.failed.jsonl`
   */
  readonly failures?: string;
  /**
   * Makes a request from a row. If it throws, that line fails (`INVALID_LINE`).
   * @default a line is a request, or has a `prompt`; a CSV row has `prompt`, `system` and `model`
   */
  readonly toRequest?: (row: Row) => string | ChatRequest;
  readonly defaults?: BatchDefaults;
  /**
   * Options of each call. A call has 24 hours if no timeout is set, because it may have to wait for
   * a rate limit; its attempts keep their own timeouts.
   */
  readonly call?: Omit<CallOptions, "signal" | "onEvent">;
  /**
   * Lines in progress at once, including those that wait for the vendor's rate limits.
   * @default 64
   */
  readonly concurrency?: number;
  /** US dollars that the whole batch may cost, including its earlier runs. Requires `prices`. */
  readonly maxCost?: number;
  /** The prices of tokens. Give the client the same, so that its replies have a cost. */
  readonly prices?: Prices;
  /**
   * How many attempts the client makes for one line at most, if there is a `maxCost`: `retry` + 1.
   * @default 3
   */
  readonly tries?: number;
  /** Whether to retry the lines that have failed. @default false */
  readonly retryFailed?: boolean;
  /**
   * Whether to use the vendor's own batch API, which costs less and may take a day. Requires a
   * provider that has one, and a key. A batch that is at the vendor when the run ends continues
   * there, and the next run finds it.
   * @default false
   */
  readonly vendorBatch?: boolean | VendorBatchOptions;
  /** Stops the batch. Calls in flight are aborted, and repeated when the batch continues. */
  readonly signal?: AbortSignal;
  /** Called after each write to the disk; it must not change its argument. */
  readonly onProgress?: (progress: BatchProgress) => void;
}

/** How the vendor's batch API is used. */
export interface VendorBatchOptions {
  /**
   * The longest time between two polls, in milliseconds; the first ones are sooner.
   * @default 60_000
   */
  readonly poll?: number;
  /** Lines per batch at most, if the vendor takes as many. @default 20_000 */
  readonly lines?: number;
  /**
   * Whether to submit nothing, cancel the batches at the vendor, and keep what was answered.
   * @default false
   */
  readonly cancel?: boolean;
}

/** The progress of a batch. */
export interface BatchProgress {
  /** All lines of the input, without empty ones. */
  readonly lines: number;
  /** Lines with an answer on the disk, including those of earlier runs. */
  readonly answered: number;
  readonly failed: number;
  /** Lines that this run has settled. */
  readonly settled: number;
  /** Answers of this run that came from the cache. */
  readonly cached: number;
  /** Answers of this run that were copied from an equal line. */
  readonly equal: number;
  /** Answers of this run that were cut off at their token limit. */
  readonly cut: number;
  /** US dollars spent, as far as costs are known, including earlier runs. */
  readonly spent: number;
  /** Answers whose cost is unknown. */
  readonly unpriced: number;
}

/** The result of a batch's run. */
export interface BatchResult extends BatchProgress {
  readonly output: string;
  readonly failures: string;
  /** Lines that are not settled, because the run was stopped. */
  readonly pending: number;
  /** Why the run was stopped; absent if every line is settled. */
  readonly stopped?: BatchStop;
}

/** Why a batch was stopped before its end. */
export interface BatchStop {
  /**
   * `ABORTED`, `MAX_COST_REACHED`, or the code of an error that would fail every other line too.
   */
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
}
