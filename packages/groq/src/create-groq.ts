import type { Client, ClientOptions } from "@acc/dual-mode";
import { defineProvider } from "@acc/dual-mode/define-provider";
import type { GroqOptions } from "./options.ts";
import { provider } from "./provider.ts";

/** A client of Groq. Nothing is touched before the first call. */
export const createGroq: (options?: ClientOptions & GroqOptions) => Client =
  defineProvider<GroqOptions>(provider);
