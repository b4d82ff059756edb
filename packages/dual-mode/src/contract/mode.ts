/** The provider's own CLI, or its SDK. */
export type Mode = "cli" | "sdk";

/**
 * A feature that a request can need and a mode can support. A mode that lacks one is skipped, and
 * the attempt says so.
 */
export type Feature =
  | "system"
  | "multiTurn"
  | "temperature"
  | "topP"
  | "stop"
  | "maxOutputTokens"
  | "seed"
  | "reasoning"
  | "schema"
  | "tools"
  | "images"
  | "files"
  /** Images by http(s) URL. */
  | "imageUrls"
  /** Files by http(s) URL. */
  | "fileUrls"
  /** A system message after the first turn. */
  | "systemTurns"
  | "toolChoice"
  /** `parallelTools: false`: at most one call per turn. */
  | "parallelTools"
  /** A tool's `strict`. */
  | "strictTools"
  | "topK"
  | "presencePenalty"
  | "frequencyPenalty"
  /** JSON without a schema. */
  | "json"
  /** Members of the vendor's own body. */
  | "vendor";
