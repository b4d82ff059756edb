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

/** Defaults that a client uses for members that a request does not set. */
export type RequestDefaults = Omit<ChatRequest, "messages" | "model" | "sample" | "metadata">;

/** Options that every provider's client takes. */
export interface ClientOptions {
  /**
   * The client's name in replies, attempts, events, its status and a chain, to tell two
   * clients of one provider apart: letters, digits, dots, dashes and underscores, 64 at most. The
   * provider's id is still used for `vendor`, the cache's keys and cooldowns.
   * @default the provider's id
   */
  readonly name?: string;
  /** The mode that is tried first. The CLI also comes first if there is no key. @default "sdk" */
  readonly prefer?: Mode;
  /** Use only this mode. */
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
   * The store in which keys are looked up, or a function that opens it when a key is first needed;
   * false looks only in the environment.
   * @default the process-wide store
   */
  readonly secrets?: SecretsManager | (() => Promise<SecretsManager>) | false;
  /** @default the process-wide cache */
  readonly cache?: ResponseCache | false;
  /** Who may be billed: "login" never uses a key, "key" never uses a login. @default "any" */
  readonly billing?: "any" | "login" | "key";
  /** Timeout of the whole call in ms, or each timeout by itself. */
  readonly timeout?: number | Timeouts;
  /**
   * How often one route is retried after a temporary failure; waiting for a limit does not count.
   * @default 2
   */
  readonly retry?: number;
  /**
   * How many attempts may be in progress at once with one credential. The attempts of all clients
   * in the process that use the credential count.
   */
  readonly concurrency?: number;
  /** How many attempts may start with one credential in an interval, counted as for `concurrency`. */
  readonly rate?: Rate;
  /**
   * Whether a call waits for a rate limit, within its timeout; otherwise it fails with `RATE_LIMITED`
   * at once.
   * @default true, except with `retry: 0`, which tries each route once
   */
  readonly waitForLimits?: boolean;
  /**
   * What machines share about keys: `sharedState(redis)` of `@acc/dual-mode/shared-state`. A
   * limit or a refusal on one machine applies to all of them. A login is not shared.
   */
  readonly state?: SharedState;
  /** Absolute path of the CLI; no other command is used. */
  readonly cliPath?: string;
  /** Variables for every CLI run, in addition to its fixed environment. */
  readonly cli?: { readonly env?: Readonly<Record<string, string>> };
  /**
   * How many standby processes of a CLI wait for the next call of their kind, which
   * then needs no start. Each takes one call and ends. Each costs the memory of an idle CLI
   * (83 to 155 MB), and has the key meanwhile: see docs/modes.md.
   * @default 0
   */
  readonly standby?: number | Standby;
  readonly baseUrl?: string;
  /** @default the provider's */
  readonly model?: string;
  readonly defaults?: RequestDefaults;
  /** Prices of models, by name or by a function, for replies whose cost the vendor does not report. */
  readonly prices?: Prices;
  readonly lenient?: Lenient;
  readonly promptCache?: PromptCache;
  readonly tenant?: string;
  readonly user?: string;
  readonly onEvent?: (event: ClientEvent) => void;
}

/** Standby processes, which wait for calls. */
export interface Standby {
  /**
   * How many standby processes wait for each kind of call. A kind is a model, system prompt,
   * credential and everything else that a CLI receives at its start. A process of Node.js has at
   * most two standby processes in all, or `count` if that is more.
   */
  readonly count: number;
  /**
   * How long a standby process waits, in ms.
   *
   * @default 60_000
   */
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
  /**
   * For tokens that are cached for an hour.
   *
   * @default the price of cacheWrite
   */
  readonly cacheWriteHour?: number;
}

/**
 * Returns the cost of an answer in US dollars, or undefined if it is not known. It is called with
 * the model that answered and then, if that model has no price, with the requested one. If it
 * throws, or returns something that is not a price, the only effect is an event of type "log".
 */
export type PriceFunction = (usage: Usage, model: string, provider: string) => number | undefined;

/** Prices of models: a table by name, or a function. */
export type Prices = Readonly<Record<string, Price>> | PriceFunction;

/** A stream of parts that can also be awaited as one reply. */
export interface ReplyStream<T = unknown> extends AsyncIterable<Part> {
  /**
   * All parts as one reply. Awaiting it reads the parts that the loop has not read; until then it
   * reads nothing.
   */
  readonly reply: PromiseLike<Reply<T>>;
}

/** The limits of a credential, as a vendor last reported them in this process. */
export interface CredentialLimits {
  readonly mode: Mode;
  /** Where the credential came from (`login`, `env:NAME`, `store`, `option`), never its value. */
  readonly credential: string;
  /** The model that was asked: vendors count separately for each. */
  readonly model: string;
  readonly limits: Limits;
  /** When the vendor reported them, in ms since the epoch. */
  readonly at: number;
}

/** The state of one provider on this machine. */
export interface ProviderStatus {
  readonly provider: string;
  readonly model: string;
  readonly cli?: Availability;
  readonly sdk?: Availability;
  /** The keys found, by source; never their values. */
  readonly keys: readonly { readonly source: string }[];
  /** Keys that were found, but that no header can carry. */
  readonly refusedKeys?: readonly { readonly source: string; readonly reason: string }[];
  readonly credential?: { readonly name: string; readonly env: readonly string[] };
  /** The modes that also run without a credential, such as for your own server. */
  readonly keyless?: readonly Mode[];
  readonly baseUrl?: { readonly url: string; readonly source: string };
  /** Standby processes of the CLI for this client; absent if it wants none. */
  readonly standby?: { readonly count: number; readonly waiting: number };
  /** Limits of the credentials that were used in this process, if the vendor reports them. */
  readonly limits?: readonly CredentialLimits[];
}

/** Options of `listModels`: `timeout` and `signal` work as in a call. */
export type ListOptions = Pick<CallOptions, "signal" | "timeout">;

/** The models that a credential can use, as the vendor says. */
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
  /** The model for requests that name none. */
  readonly model: string;
  /** The models that the provider's package knew when it was written; others work too. */
  readonly known: readonly string[];
  /** Absent if no vendor reported them. */
  readonly usable?: UsableModels;
  /**
   * Why there is no list: no key, no network, or a vendor without a list (`UNSUPPORTED_FEATURE`).
   */
  readonly error?: DualModeError;
}

/**
 * A client of one provider, or of a chain of them. It reads and starts nothing before the first
 * call.
 */
export interface Client {
  readonly provider: string;
  /** The model for requests that name none; absent if there is no default, and for a chain. */
  readonly model?: string;
  /** Models that the provider's package knew when it was written; others work too. */
  readonly models?: readonly string[];
  /** @throws {@link DualModeError} */
  chat<T = unknown>(input: string | ChatRequest<T>, options?: CallOptions): Promise<Reply<T>>;
  /** Throws like `chat`, from the loop. Leaving the loop cancels the call. */
  stream<T = unknown>(input: string | ChatRequest<T>, options?: CallOptions): ReplyStream<T>;
  /** Checks every mode without making a call; one entry per provider. */
  status(): Promise<readonly ProviderStatus[]>;
  /**
   * Asks the vendor once which models the key can use, without spending tokens; one entry per provider.
   * A vendor's failure is in its entry; throws `ABORTED`, `CLOSED`, and `INVALID_REQUEST` for wrong options.
   */
  listModels(options?: ListOptions): Promise<readonly ProviderModels[]>;
  /**
   * The vendor's own batches, which `runBatch` of @acc/batch uses; absent for a chain. Throws
   * `UNSUPPORTED_FEATURE` if the provider has none, and `MISSING_CREDENTIALS` without a key.
   */
  vendorBatches?(options?: VendorBatchesOptions): Promise<VendorBatches>;
  /** Ends the calls in flight, and leaves no process, handle or file behind. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
