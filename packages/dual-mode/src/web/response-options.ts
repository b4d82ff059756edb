/** How a stream is converted into a response. */
export interface ResponseOptions {
  /**
   * Server-sent events, one per part, or only the text.
   *
   * @default "sse"
   */
  readonly format?: "sse" | "text";
  /** The request's signal, which is aborted when its sender has gone: that ends the call. */
  readonly signal?: AbortSignal;
  /** Headers of the response, in addition to those of its format and overriding them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Called with the complete failure: the response shows only its kind. */
  readonly onError?: (error: unknown) => void;
}
