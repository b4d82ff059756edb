import type { Client, ClientOptions } from "@acc/dual-mode";
import { defineProvider } from "@acc/dual-mode/define-provider";
import type { ClaudeOptions } from "./options.ts";
import { provider } from "./provider.ts";

/** Creates a client for Claude. Nothing is read or started before the first call. */
export const createClaude: (options?: ClientOptions & ClaudeOptions) => Client =
  defineProvider<ClaudeOptions>(provider);
