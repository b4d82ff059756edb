import type { Feature } from "@acc/dual-mode/provider";

/** Both modes send the same body, so both can do the same. */
export const supports: readonly Feature[] = [
  "system",
  "multiTurn",
  "temperature",
  "topP",
  "stop",
  "maxOutputTokens",
  "seed",
  "reasoning",
  "schema",
  "tools",
  "images",
  "imageUrls",
  "systemTurns",
];
