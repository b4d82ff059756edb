/** Options of the Gemini provider besides those that every client takes. */
export interface GeminiOptions {
  /**
   * The package of Google's that the SDK mode asks through. "generative-ai" is the one whose support
   * ended in August 2025. It is used with Google's own address: a base URL is refused, unless it is
   * one of this machine (loopback), as a test's.
   *
   * @default "genai"
   */
  readonly sdk?: "genai" | "generative-ai";
}
