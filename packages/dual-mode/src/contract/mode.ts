/** A door: the provider's own CLI, or its SDK. */
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
  | "images";
