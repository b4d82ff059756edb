import type { CanonicalRequest } from "../contract/canonical.ts";
import type { ModeBatch } from "../contract/mode-batch.ts";
import type { RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import type { Refusals } from "../failures/refusal-context.ts";
import type { ServerSentEvent } from "../http/event-lines.ts";

/** The calls of a vendor's SDK that such batches need. */
export interface FileBatchClient {
  readonly files: {
    create(asked: { file: File; purpose: "batch" }, options: Signal): PromiseLike<unknown>;
    /** Files of requests stay at the vendor where there is none. */
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

/** What vendors have of their own whose batches are files of requests. */
export interface FileBatchVendor<Options, Client extends FileBatchClient> {
  /** As the subject of a sentence: "Example's API". */
  readonly who: string;
  /** What its refusals mean, of a line and of a whole batch. */
  readonly refusals: Refusals;
  readonly most: ModeBatch<Options>["most"];
  readonly priceShare: number;
  /** Where a request goes, by the vendor's own path: "/v1/chat/completions". */
  endpoint(request: CanonicalRequest, context: RunContext<Options>): string;
  /** The body that `run` sends; what makes it a stream is left out. */
  body(request: CanonicalRequest, context: RunContext<Options>): object;
  /**
   * The SDK, for answers of so many bytes together. Its requests are JSON, but for an upload: `fetch`
   * writes the type of a form.
   */
  open(context: RunContext<Options>, asked: FileBatchRequests): Promise<Client>;
  /** A page of the batches of the key, which are no members of `FileBatchClient`: SDKs differ in it. */
  list(client: Client, page: BatchPage, options: Signal): PromiseLike<unknown>;
  /** Reads an answer: the one event is its whole body. */
  read(
    events: AsyncIterable<ServerSentEvent>,
    request: CanonicalRequest,
    context: RunContext<Options>,
  ): AsyncIterable<Part>;
}

/** What is asked of a list: so many batches, behind the one of that id. */
export interface BatchPage {
  limit: number;
  after?: string;
}

/** What an SDK is opened for. */
export interface FileBatchRequests {
  readonly maxBytes: number;
  readonly upload: boolean;
}
