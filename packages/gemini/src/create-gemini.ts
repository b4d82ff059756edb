import { type Client, type ClientOptions, defineProvider } from "@acc/dual-mode/provider";
import type { GeminiOptions } from "./options.ts";
import { provider } from "./provider.ts";

/** A client of Gemini. Nothing is touched before the first call. */
export const createGemini: (options?: ClientOptions & GeminiOptions) => Client =
  defineProvider<GeminiOptions>(provider);
