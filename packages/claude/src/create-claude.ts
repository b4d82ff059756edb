import type { Client, ClientOptions } from "@acc/dual-mode";
import { defineProvider } from "@acc/dual-mode/define-provider";
import type { ClaudeOptions } from "./options.ts";
import { provider } from "./provider.ts";

/** A client of Claude. Nothing is touched before the first call. */
export const createClaude: (options?: ClientOptions & ClaudeOptions) => Client =
  defineProvider<ClaudeOptions>(provider);
