import type { Client, ClientOptions } from "@acc/dual-mode";
import { defineProvider } from "@acc/dual-mode/define-provider";
import type { OpenAIOptions } from "./options.ts";
import { provider } from "./provider.ts";

/** Creates a client for OpenAI. Nothing is read or started before the first call. */
export const createOpenAI: (options?: ClientOptions & OpenAIOptions) => Client =
  defineProvider<OpenAIOptions>(provider);
