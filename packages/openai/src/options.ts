/** Options of the OpenAI provider besides those that every client takes. */
export interface OpenAIOptions {
  /**
   * The API that the SDK mode asks: "responses", or chat completions ("chat").
   *
   * @default "responses" at OpenAI's own address, and "chat" at another one, where few servers have
   * more; chat completions too where a request has what Responses cannot carry: stop, seed, penalties
   */
  readonly api?: "responses" | "chat";
}
