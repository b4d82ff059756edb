import type { DualModeError } from "../error.ts";
import type { CallOptions } from "./call-options.ts";
import type { BatchLine, BatchResult, SoughtBatch } from "./mode-batch.ts";
import type { Reply } from "./reply.ts";
import type { ChatRequest } from "./request.ts";

/** A request in the form that a vendor's batch takes. */
export interface BatchedRequest {
  /** One batch holds only lines of one group. */
  readonly group: string;
  readonly body: object;
  /**
   * Twelve digits that identify the request with everything that the client adds: model, defaults
   * and options.
   */
  readonly digest: string;
}

/** A result, and the request to which it belongs. */
export interface BatchedResult {
  /** The digest that `prepare` returned. */
  readonly digest: string;
  /** The result as the vendor sent it. */
  readonly result: unknown;
}

/** Options of a request in a batch. */
export type BatchedCall = Omit<CallOptions, "prefer" | "only" | "billing">;

/**
 * What a result of a batch amounts to. `isOther` says that the request is not the one that was
 * submitted; nothing of the result is then given.
 */
export type BatchedReply =
  | { readonly reply: Reply }
  | { readonly failure: DualModeError }
  | { readonly isOther: true };

/** The key and the address for which a batch exists. */
export interface BatchAccount {
  /** The address of the API, without user and password; null for the vendor's own address. */
  readonly baseUrl: string | null;
  /** The first 12 digits of the key's SHA-256. */
  readonly key: string;
}

/** A provider's own batches, with one key. All its functions throw {@link DualModeError}. */
export interface VendorBatches {
  readonly provider: string;
  readonly account: BatchAccount;
  readonly most: { readonly lines: number; readonly bytes: number };
  /** The share of the usual price that a batch costs: 0.5 is half. */
  readonly priceShare: number;
  /** Returns a request as a line of a batch, or its reply if the cache has one. */
  prepare(
    request: ChatRequest,
    call: BatchedCall,
  ): Promise<BatchedRequest | { readonly reply: Reply }>;
  /**
   * Submits lines. If it is called again with the very same array, it does not upload anything
   * twice.
   */
  submit(lines: readonly BatchLine[], mark: string, signal: AbortSignal): Promise<string>;
  /** Removes, as far as possible, the uploads of lines that are not submitted after all. */
  discard(lines: readonly BatchLine[], signal: AbortSignal): Promise<void>;
  find(
    sought: SoughtBatch,
    signal: AbortSignal,
  ): Promise<{ readonly id: string } | "later" | undefined>;
  /**
   * Whether the batch will give no more results.
   *
   * @param isGivenUp Whether nobody waits for results that arrive late. @default false
   */
  hasEnded(id: string, signal: AbortSignal, isGivenUp?: boolean): Promise<boolean>;
  /**
   * Passes the results to `take` one after another, each once the one before it has been taken. An
   * error that `take` throws is thrown on.
   */
  results(
    id: string,
    take: (result: BatchResult) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /**
   * Returns the reply that a result makes, checked, priced and cached like that of a plain call, or
   * the failure that the result reports. A thrown error is not part of the result: the result has
   * then not been read.
   */
  reply(request: ChatRequest, came: BatchedResult, call: BatchedCall): Promise<BatchedReply>;
}

/** Selects the key with which batches are used, if there are several. */
export interface VendorBatchesOptions extends Pick<CallOptions, "signal"> {
  /** The `account.key` of the wanted key, if it is one of the client's. */
  readonly key?: string;
}
