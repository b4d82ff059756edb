import type { CallOptions, ChatRequest, Client, Prices } from "@acc/dual-mode";

/** What a line of JSONL or a row of CSV holds. */
export type Row = Readonly<Record<string, unknown>>;

/** What every request of a batch has, where its line does not say otherwise. */
export type BatchDefaults = Omit<ChatRequest, "messages" | "metadata">;

/** What a batch is given: whom it asks, what it reads, where it writes. */
export interface BatchOptions {
  /** Who is asked; it is left open. */
  readonly client: Client;
  /** A file of JSONL, or of CSV where its name ends in `.csv`. */
  readonly input: string;
  /**
   * Where the answers go, a line each, in the order in which they come: JSONL, or CSV where its name
   * ends in `.csv`. The journal, from which a batch continues, is next to it: `<output>.journal`.
   */
  readonly output: string;
  /** JSONL of the lines that failed; there is none where none has. @default `<output>.failed.jsonl` */
  readonly failures?: string;
  /**
   * Makes a request of a row. What it throws fails that line (`INVALID_LINE`).
   * @default a line is a request, or has a `prompt`; of a row of CSV `prompt`, `system` and `model` count
   */
  readonly toRequest?: (row: Row) => string | ChatRequest;
  readonly defaults?: BatchDefaults;
  /**
   * How each call is made. A call has 24 hours where no time is given, for it may have to wait for a
   * limit; an attempt is still held to its timers.
   */
  readonly call?: Omit<CallOptions, "signal" | "onEvent">;
  /**
   * Lines that are open at once, those that wait for the vendor's limits among them.
   * @default 64
   */
  readonly concurrency?: number;
  /** US dollars that the whole batch may cost, earlier runs of it too. It wants `prices`. */
  readonly maxCost?: number;
  /** What tokens cost; the client has the same, so that its replies have a cost. */
  readonly prices?: Prices;
  /**
   * How often the client may ask for one line at most, where there is a `maxCost`: `retry` + 1.
   * @default 3
   */
  readonly tries?: number;
  /** Ask again for the lines that have failed. @default false */
  readonly retryFailed?: boolean;
  /**
   * Asks by the vendor's own batches, which cost less and may take a day. It wants a provider that has
   * them, and a key. What is at the vendor when the run ends goes on there; started again the run finds
   * it. @default false
   */
  readonly vendorBatch?: boolean | VendorBatchOptions;
  /** Stops the batch: what is in flight is ended, and asked again when the batch goes on. */
  readonly signal?: AbortSignal;
  /** Told after each write to the disk; it must not change what it is given. */
  readonly onProgress?: (progress: BatchProgress) => void;
}

/** How a vendor's batches are used. */
export interface VendorBatchOptions {
  /** Milliseconds between two looks at most; the first come sooner. @default 60_000 */
  readonly poll?: number;
  /** Lines of one batch at most, where the vendor takes as many. @default 20_000 */
  readonly lines?: number;
  /** Submits nothing, cancels what is at the vendor and keeps what was answered. @default false */
  readonly cancel?: boolean;
}

/** How far a batch is. */
export interface BatchProgress {
  /** All lines of the input, empty ones left out. */
  readonly lines: number;
  /** Lines with an answer on the disk, those of earlier runs too. */
  readonly answered: number;
  readonly failed: number;
  /** Of this run: lines that were settled. */
  readonly settled: number;
  /** Of this run: answers of the cache. */
  readonly cached: number;
  /** Of this run: answers taken from an equal line. */
  readonly equal: number;
  /** Of this run: answers that were cut at their bound of tokens. */
  readonly cut: number;
  /** US dollars, as far as costs are known, those of earlier runs too. */
  readonly spent: number;
  /** Answers whose cost nobody told. */
  readonly unpriced: number;
}

/** What a run of a batch came to. */
export interface BatchResult extends BatchProgress {
  readonly output: string;
  readonly failures: string;
  /** Lines that are still to be asked: the run was stopped. */
  readonly pending: number;
  /** Why it was stopped; absent where every line is settled. */
  readonly stopped?: BatchStop;
}

/** Why a batch was stopped before its end. */
export interface BatchStop {
  /** `ABORTED`, `MAX_COST_REACHED`, or the code of what would fail every other line too. */
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
}
