import type { CanonicalRequest } from "../contract/canonical.ts";
import type { ModeBatch } from "../contract/mode-batch.ts";
import type { RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import type { Refusals } from "../failures/refusal-context.ts";
import type { ServerSentEvent } from "../http/event-lines.ts";

/** The calls of a vendor's SDK that file batches need. */
export interface FileBatchClient {
  readonly files: {
    create(asked: { file: File; purpose: "batch" }, options: Signal): PromiseLike<unknown>;
    /** If it is absent, files of requests stay at the vendor. */
    delete?(id: string, options: Signal): PromiseLike<unknown>;
    content(id: string, options: Signal): { asResponse(): Promise<Response> };
  };
  readonly batches: {
    create(asked: CreatedBatch, options: Signal): PromiseLike<unknown>;
    retrieve(id: string, options: Signal): PromiseLike<unknown>;
    cancel(id: string, options: Signal): PromiseLike<unknown>;
  };
}

interface Signal {
  readonly signal: AbortSignal;
}

interface CreatedBatch {
  input_file_id: string;
  endpoint: string;
  completion_window: string;
  metadata?: Record<string, string> | null;
}

/** What is particular to a vendor whose batches are files of requests. */
export interface FileBatchVendor<Options, Client extends FileBatchClient> {
  /** The vendor as the subject of a sentence: "Example's API". */
  readonly who: string;
  /** The meanings of its refusals, of a line and of a whole batch. */
  readonly refusals: Refusals;
  readonly most: ModeBatch<Options>["most"];
  readonly priceShare: number;
  /** Returns the path to which a request goes: "/v1/chat/completions". */
  endpoint(request: CanonicalRequest, context: RunContext<Options>): string;
  /** Returns the body that `run` sends; the members that ask for a stream are removed. */
  body(request: CanonicalRequest, context: RunContext<Options>): object;
  /**
   * Opens the SDK for answers of at most `maxBytes` together. Its requests are JSON, except for an
   * upload: `fetch` sets the content type of a form.
   */
  open(context: RunContext<Options>, asked: FileBatchRequests): Promise<Client>;
  /**
   * Returns a page of the key's batches. It is not part of `FileBatchClient`, because SDKs differ
   * in it.
   */
  list(client: Client, page: BatchPage, options: Signal): PromiseLike<unknown>;
  /** Reads an answer: a single event has its whole body. */
  read(
    events: AsyncIterable<ServerSentEvent>,
    request: CanonicalRequest,
    context: RunContext<Options>,
  ): AsyncIterable<Part>;
}

/** Which page of a list is wanted: at most `limit` batches, after the one with the id `after`. */
export interface BatchPage {
  limit: number;
  after?: string;
}

/** What the opened SDK is used for. */
export interface FileBatchRequests {
  readonly maxBytes: number;
  readonly upload: boolean;
}
