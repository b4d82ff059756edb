/** Options of the Gemini provider besides those that every client takes. */
export interface GeminiOptions {
  /**
   * The package that the SDK mode uses: "generative-ai" comes with this one, "genai" is where Google
   * goes on, and must be installed beside it (`npm install @google/genai`).
   *
   * @default "generative-ai"
   */
  readonly sdk?: "generative-ai" | "genai";
}
