import type { ChatCompletionsOptions } from "@acc/dual-mode/provider";

/** An OpenAI-compatible server: one of the presets, or your own. */
export interface CompatibleServer
  extends Partial<Omit<ChatCompletionsOptions, "baseUrl" | "credentials">> {
  /** Lower-case letters, digits and dashes; also the first part of the key's name in the store. */
  readonly id: string;
  /** The address including its version: "http://localhost:11434/v1". */
  readonly baseUrl: string;
  /** Variables that may contain the key, and whether it is required. @default no key */
  readonly key?: {
    /** The key's name in the secrets store. @default the id, with underscores, and "_api_key" */
    readonly name?: string;
    readonly env: readonly string[];
    readonly required: boolean;
  };
  /** Variables that change the address. */
  readonly baseUrlEnv?: readonly string[];
  /** @default a model must be named in the options */
  readonly defaultModel?: string;
}
