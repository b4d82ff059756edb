import type { Client, ClientOptions } from "@acc/dual-mode";
import { defineProvider } from "@acc/dual-mode/define-provider";
import type { GeminiOptions } from "./options.ts";
import { provider } from "./provider.ts";

/** Creates a client for Gemini. Nothing is read or started before the first call. */
export const createGemini: (options?: ClientOptions & GeminiOptions) => Client =
  defineProvider<GeminiOptions>(provider);
