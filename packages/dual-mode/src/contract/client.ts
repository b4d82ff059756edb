import type { ResponseCache } from "@acc/cache";
import type { SecretsManager } from "@acc/secrets";
import type { DualModeError } from "../error.ts";
import type { CallOptions, Lenient, PromptCache, Timeouts } from "./call-options.ts";
import type { ClientEvent } from "./client-event.ts";
import type { Mode } from "./mode.ts";
import type { Limits, Part, Usage } from "./part.ts";
import type { Availability } from "./provider.ts";
import type { Reply } from "./reply.ts";
import type { ChatRequest } from "./request.ts";
import type { SharedState } from "./shared-state.ts";
import type { VendorBatches, VendorBatchesOptions } from "./vendor-batches.ts";

/** What a client merges under every request. */
export type RequestDefaults = Omit<ChatRequest, "messages" | "model" | "sample" | "metadata">;

/** Options that every provider's client takes. */
export interface ClientOptions {
  /**
   * What the client is called in replies, attempts, events, its status and a chain, to tell two
   * clients of one provider apart: letters, digits, dots, dashes and underscores, 64 at most. The
   * provider's id stays what `vendor`, the cache's keys and cooldowns go by.
   * @default the provider's id
   */
  readonly name?: string;
  /** Which mode is tried first. The CLI also comes first where there is no key. @default "sdk" */
  readonly prefer?: Mode;
  /** The one mode that may be used. */
  readonly only?: Mode;
  readonly apiKey?: string;
  /** Several keys, used in turn. */
  readonly apiKeys?: readonly string[];
  /**
   * The key's name in the secrets store and, in capitals, in the environment (`WORK_API_KEY`), in
   * place of the provider's own.
   */
  readonly keyName?: string;
  /**
   * Where keys are looked up, or what opens that when a key is first needed; false looks only in the
   * environment. @default the process-wide store
   */
  readonly secrets?: SecretsManager | (() => Promise<SecretsManager>) | false;
  /** @default the process-wide cache */
  readonly cache?: ResponseCache | false;
  /** Who may pay: "login" never uses a key, "key" never uses a login. @default "any" */
  readonly billing?: "any" | "login" | "key";
  /** Milliseconds for the whole call, or its timers one by one. */
  readonly timeout?: number | Timeouts;
  /** How often one route is tried again after a passing fault; to wait for a limit is none. @default 2 */
  readonly retry?: number;
  /**
   * How many attempts may be under way at once with one credential: those of all clients of the
   * process that use it count. @default as many as the vendor takes
   */
  readonly concurrency?: number;
  /** How many attempts may begin with one credential in a time, counted as for `concurrency`. */
  readonly rate?: Rate;
  /**
   * Whether a call waits, within its time, for a limit to let it go; else it is `RATE_LIMITED` at once.
   * @default true, but with `retry: 0`, which asks each route once
   */
  readonly waitForLimits?: boolean;
  /**
   * What machines know together of keys: `sharedState(redis)` of `@acc/dual-mode/shared-state`. A
   * limit, or a refusal, that one of them meets holds for all. A login stays its machine's.
   */
  readonly state?: SharedState;
  /** Absolute path of the CLI: no other is used. */
  readonly cliPath?: string;
  /** What every CLI run gets besides its fixed environment. */
  readonly cli?: { readonly env?: Readonly<Record<string, string>> };
  /**
   * How many processes of a CLI are started ahead and wait for the next call of their kind, which so
   * is spared the start. Each takes one call and ends. It costs the memory of a CLI that does nothing
   * (83 to 155 MB) for each, which holds the key meanwhile: see docs/modes.md.
   * @default 0
   */
  readonly standby?: number | Standby;
  readonly baseUrl?: string;
  /** @default the provider's */
  readonly model?: string;
  readonly defaults?: RequestDefaults;
  /** What models cost, by their names or by a function, to put a price on a reply where the vendor reports none. */
  readonly prices?: Prices;
  readonly lenient?: Lenient;
  readonly promptCache?: PromptCache;
  readonly tenant?: string;
  readonly user?: string;
  readonly onEvent?: (event: ClientEvent) => void;
}

/** Processes that wait for calls. */
export interface Standby {
  /** For each kind of call: model, system prompt, credential and all else that a CLI sees at its start. The process has at most two altogether, or as many as this says. */
  readonly count: number;
  /** Milliseconds for which one waits. @default 60_000 */
  readonly ttl?: number;
}

/** At most `limit` in any `interval`. */
export interface Rate {
  readonly limit: number;
  /** Milliseconds. */
  readonly interval: number;
}

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** @default the price of input */
  readonly cacheRead?: number;
  /** @default the price of input */
  readonly cacheWrite?: number;
  /** Of what is kept for an hour. @default the price of cacheWrite */
  readonly cacheWriteHour?: number;
}

/**
 * US dollars of an answer, or undefined where that is not known. It is asked with the model that
 * answered, and where that has no price with the one that was asked for. What it throws, and what is
 * no price, costs the call nothing but an event of type "log".
 */
export type PriceFunction = (usage: Usage, model: string, provider: string) => number | undefined;

/** What models cost: a table by their names, or a function. */
export type Prices = Readonly<Record<string, Price>> | PriceFunction;

/** A stream of parts that can also be had as one reply. */
export interface ReplyStream<T = unknown> extends AsyncIterable<Part> {
  /** The parts folded; reads what the loop has not read. Looked at only when awaited. */
  readonly reply: PromiseLike<Reply<T>>;
}

/** What a vendor said last, in this process, of the limits that a credential is under. */
export interface CredentialLimits {
  readonly mode: Mode;
  /** Where the credential came from (`login`, `env:NAME`, `store`, `option`), never its value. */
  readonly credential: string;
  /** The model that was asked: vendors count for each apart. */
  readonly model: string;
  readonly limits: Limits;
  /** When it was said, in milliseconds since the epoch. */
  readonly at: number;
}

/** What this machine has of one provider. */
export interface ProviderStatus {
  readonly provider: string;
  readonly model: string;
  readonly cli?: Availability;
  readonly sdk?: Availability;
  /** The keys found, by source; never their values. */
  readonly keys: readonly { readonly source: string }[];
  /** Keys that were found and that no header can carry. */
  readonly refusedKeys?: readonly { readonly source: string; readonly reason: string }[];
  readonly credential?: { readonly name: string; readonly env: readonly string[] };
  /** The modes that also run without any credential: a server of one's own. */
  readonly keyless?: readonly Mode[];
  readonly baseUrl?: { readonly url: string; readonly source: string };
  /** Processes of the CLI that wait for calls of this client; absent where it wants none. */
  readonly standby?: { readonly count: number; readonly waiting: number };
  /** Of the credentials that were used in this process, where the vendor tells. */
  readonly limits?: readonly CredentialLimits[];
}

/** How models are listed: `timeout` and `signal` are as in a call. */
export type ListOptions = Pick<CallOptions, "signal" | "timeout">;

/** What the vendor says that a credential can use. */
export interface UsableModels {
  /** In the vendor's order. */
  readonly models: readonly string[];
  readonly mode: Mode;
  /** Where the credential came from (`env:NAME`, `store`, `option`), never its value. */
  readonly credential: string;
}

/** The models of one provider. */
export interface ProviderModels {
  readonly provider: string;
  /** The one that is asked where a request names none. */
  readonly model: string;
  /** Those that the provider's package knew when it was written; others work too. */
  readonly known: readonly string[];
  /** Absent where nobody told. */
  readonly usable?: UsableModels;
  /** Why nobody told: no key, no network, a vendor that does not tell (`UNSUPPORTED_FEATURE`) … */
  readonly error?: DualModeError;
}

/** A client of one provider, or of a chain of them. Nothing is touched before the first call. */
export interface Client {
  readonly provider: string;
  /** What is asked where a request names no model; absent where nobody knows, and of a chain. */
  readonly model?: string;
  /** Models that the provider's package knew when it was written; others work too. */
  readonly models?: readonly string[];
  /** @throws {@link DualModeError} */
  chat<T = unknown>(input: string | ChatRequest<T>, options?: CallOptions): Promise<Reply<T>>;
  /** Throws like `chat`, from the loop. Leaving the loop cancels the call. */
  stream<T = unknown>(input: string | ChatRequest<T>, options?: CallOptions): ReplyStream<T>;
  /** Looks at every mode without making a call; one entry a provider. */
  status(): Promise<readonly ProviderStatus[]>;
  /**
   * Asks the vendor what the key can use, once and without a token spent; one entry a provider.
   * What a vendor answers is in its entry; throws `ABORTED`, `CLOSED`, and `INVALID_REQUEST` for wrong options.
   */
  listModels(options?: ListOptions): Promise<readonly ProviderModels[]>;
  /**
   * The vendor's own batches, which `runBatch` of @acc/batch asks by; absent of a chain. Throws
   * `UNSUPPORTED_FEATURE` where the provider has none, and `MISSING_CREDENTIALS` without a key.
   */
  vendorBatches?(options?: VendorBatchesOptions): Promise<VendorBatches>;
  /** Ends the calls in flight and leaves no process, handle or file. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
