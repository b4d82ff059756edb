import { type Client, type ClientOptions, defineProvider } from "@acc/dual-mode/provider";
import type { GroqOptions } from "./options.ts";
import { provider } from "./provider.ts";

/** A client of Groq. Nothing is touched before the first call. */
export const createGroq: (options?: ClientOptions & GroqOptions) => Client =
  defineProvider<GroqOptions>(provider);
