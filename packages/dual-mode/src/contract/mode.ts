/** The provider's own CLI, or its SDK. */
export type Mode = "cli" | "sdk";

/** What a request can need and a mode can have; a mode that lacks one is skipped, never silently. */
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
  /** Images by their http(s) address. */
  | "imageUrls"
  /** Files by their http(s) address. */
  | "fileUrls"
  /** A system message behind the first turn. */
  | "systemTurns"
  | "toolChoice"
  /** `parallelTools: false`: one call a turn at most. */
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
