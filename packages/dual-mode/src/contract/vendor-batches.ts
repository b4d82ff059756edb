import type { DualModeError } from "../error.ts";
import type { CallOptions } from "./call-options.ts";
import type { BatchLine, BatchResult, SoughtBatch } from "./mode-batch.ts";
import type { Reply } from "./reply.ts";
import type { ChatRequest } from "./request.ts";

/** A request as a vendor's batch takes it. */
export interface BatchedRequest {
  /** Lines of one batch have the same. */
  readonly group: string;
  readonly body: object;
  /** 12 digits by which it is known again, with all that the client adds: a model, defaults, options. */
  readonly digest: string;
}

/** A result, and of what. */
export interface BatchedResult {
  /** As `prepare` gave it. */
  readonly digest: string;
  /** As the vendor sent it. */
  readonly result: unknown;
}

/** How a request of a batch is made. */
export type BatchedCall = Omit<CallOptions, "prefer" | "only" | "billing">;

/** What a result of a batch says; nothing of a request that is not the one that was submitted. */
export type BatchedReply =
  | { readonly reply: Reply }
  | { readonly failure: DualModeError }
  | { readonly isOther: true };

/** To whom a batch is known: to one key, at one address. */
export interface BatchAccount {
  /** Where it is asked, without a user and a password; null at the vendor's own address. */
  readonly baseUrl: string | null;
  /** The first 12 digits of the key's SHA-256. */
  readonly key: string;
}

/** A provider's own batches, by one key. All its functions throw {@link DualModeError}. */
export interface VendorBatches {
  readonly provider: string;
  readonly account: BatchAccount;
  readonly most: { readonly lines: number; readonly bytes: number };
  /** What part of the usual price is paid. */
  readonly priceShare: number;
  /** A request as a line of a batch, or its reply where the cache has one. */
  prepare(
    request: ChatRequest,
    call: BatchedCall,
  ): Promise<BatchedRequest | { readonly reply: Reply }>;
  /** Again with the very same array, it uploads nothing a second time. */
  submit(lines: readonly BatchLine[], mark: string, signal: AbortSignal): Promise<string>;
  /** They are not submitted after all: what was uploaded for them goes, as far as that can be done. */
  discard(lines: readonly BatchLine[], signal: AbortSignal): Promise<void>;
  find(
    sought: SoughtBatch,
    signal: AbortSignal,
  ): Promise<{ readonly id: string } | "later" | undefined>;
  /** @param isGivenUp Nobody waits for results of it that come late. @default false */
  hasEnded(id: string, signal: AbortSignal, isGivenUp?: boolean): Promise<boolean>;
  /**
   * Gives one result after the other, each when the one before it was taken; what `take` throws is
   * thrown.
   */
  results(
    id: string,
    take: (result: BatchResult) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /**
   * The reply that a result makes: checked, priced and kept like that of a plain call; or the failure
   * that it tells of. What is thrown is not part of the result: it has not been read.
   */
  reply(request: ChatRequest, came: BatchedResult, call: BatchedCall): Promise<BatchedReply>;
}

/** Which of several keys the batches are asked by. */
export interface VendorBatchesOptions extends Pick<CallOptions, "signal"> {
  /** `account.key` of the key that is asked by, where it is one of the client's. */
  readonly key?: string;
}
