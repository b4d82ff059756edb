/** How a stream becomes a response. */
export interface ResponseOptions {
  /** Server-sent events, a part each, or the text alone. @default "sse" */
  readonly format?: "sse" | "text";
  /** The request's, which is aborted when its sender has gone: that ends the call. */
  readonly signal?: AbortSignal;
  /** Headers of the response, besides those of its format and over them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told of the failure in full: the response says no more than its kind. */
  readonly onError?: (error: unknown) => void;
}
