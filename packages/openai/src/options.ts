/** Options of the OpenAI provider besides those that every client takes. */
export interface OpenAIOptions {
  /**
   * The API that the SDK mode uses: "responses", or chat completions ("chat").
   *
   * @default "responses" at OpenAI's own address, and "chat" at others, where few servers have more;
   * also "chat" for requests with options that Responses does not support: stop, seed, penalties
   */
  readonly api?: "responses" | "chat";
}
