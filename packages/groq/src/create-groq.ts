import type { Client, ClientOptions } from "@acc/dual-mode";
import { defineProvider } from "@acc/dual-mode/define-provider";
import type { GroqOptions } from "./options.ts";
import { provider } from "./provider.ts";

/** Creates a client for Groq. Nothing is read or started before the first call. */
export const createGroq: (options?: ClientOptions & GroqOptions) => Client =
  defineProvider<GroqOptions>(provider);
