/** Options of the Gemini provider besides those that every client takes. */
export interface GeminiOptions {
  /**
   * The package of Google's that the SDK mode asks through. "generative-ai" is the one whose support
   * ended in August 2025: it takes no `fetch`, so that a redirect would carry the key along, and is
   * used with Google's own address alone.
   *
   * @default "genai"
   */
  readonly sdk?: "genai" | "generative-ai";
}
