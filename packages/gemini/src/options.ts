/** Options of the Gemini provider besides those that every client takes. */
export interface GeminiOptions {
  /**
   * The Google package that the SDK mode uses. "generative-ai" is the one whose support ended in
   * August 2025. It works only with Google's own address: a base URL is refused, unless it is on
   * this machine (loopback), as in tests.
   *
   * @default "genai"
   */
  readonly sdk?: "genai" | "generative-ai";
}
