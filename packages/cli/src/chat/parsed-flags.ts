import type { UnlockOptions } from "../secrets/unlock.ts";

type Mode = "cli" | "sdk";

/** The parsed flags of `acc chat`. */
export interface ChatOptions extends RequestFlags, CallFlags, UnlockOptions {
  readonly provider?: readonly string[];
  readonly model?: string;
  readonly file?: readonly string[];
  readonly attach?: readonly string[];
  readonly template?: string;
  readonly param?: readonly string[];
  readonly image?: readonly string[];
  /** False with `--no-stdin`. */
  readonly stdin: boolean;
  readonly json?: boolean;
  readonly streamJson?: boolean;
  readonly verbose?: boolean;
  readonly interactive?: boolean;
  /** Continues the last conversation. */
  readonly last?: boolean;
  /** The id of the conversation to continue. */
  readonly continue?: string;
  /** False with `--no-log`. */
  readonly log: boolean;
  /** Tools that are called without asking the user. */
  readonly yes?: readonly string[];
  /** The maximum number of answers of the model when tools are called. */
  readonly maxSteps?: number;
}

/** The flags for members of the request, besides the prompt. */
export interface RequestFlags {
  readonly system?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly reasoning?: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";
  /** Path of a JSON Schema. */
  readonly schema?: string;
  readonly schemaName?: string;
  readonly jsonObject?: boolean;
  /** A path of a JSON file or a module, or `mcp:NAME`. */
  readonly tools?: readonly string[];
  readonly toolChoice?: string;
  /** False with `--no-parallel-tools`. */
  readonly parallelTools: boolean;
  readonly vendor?: string;
  readonly sample?: number;
}

/** The flags that set how the call is made. */
export interface CallFlags {
  readonly only?: Mode;
  /** The former name of `--only`. */
  readonly mode?: Mode;
  readonly prefer?: Mode;
  readonly billing?: "any" | "key" | "login";
  /** False with `--no-cache`, true with `--cache`. */
  readonly cache?: boolean;
  readonly refresh?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly retry?: number;
  /** False with `--no-wait`. */
  readonly wait: boolean;
  readonly lenient?: string;
  readonly promptCache?: "5m" | "1h";
}
