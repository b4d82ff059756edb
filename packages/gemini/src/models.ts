/** @google/generative-ai 0.24.1 names no models in its types; these were in use on 2026-11-22. */
export const defaultModel = "gemini-2.5-flash";

export const models: readonly string[] = [
  "gemini-2.5-flash",
  "gemini-2.5-flash-lite",
  "gemini-2.5-pro",
];
