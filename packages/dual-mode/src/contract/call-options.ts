import type { ClientEvent } from "./client-event.ts";
import type { Feature, Mode } from "./mode.ts";

/** Options of one call; none of them is part of the cache's key. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Timeout of the whole call in ms, or each timeout by itself. */
  readonly timeout?: number | Timeouts;
  /**
   * "only" never asks a vendor, and throws `NOT_CACHED`; "refresh" asks again and stores the answer;
   * "off" neither reads nor stores.
   * @default "default"
   */
  readonly cache?: "default" | "refresh" | "only" | "off";
  readonly prefer?: Mode;
  readonly only?: Mode;
  /** Who may be billed for this call, as in the client's option. @default the client's */
  readonly billing?: "any" | "login" | "key";
  readonly lenient?: Lenient;
  readonly promptCache?: PromptCache;
  /**
   * Whether the call waits for a rate limit, within its timeout; otherwise it fails with
   * `RATE_LIMITED` at once.
   * @default the client's
   */
  readonly waitForLimits?: boolean;
  /** The tenant of this call: each has its own cache entries, and login routes are skipped. */
  readonly tenant?: string;
  /** The user of this call, if one key serves many: login routes are skipped. */
  readonly user?: string;
  /** Receives this call's events, in addition to the client's own `onEvent`. */
  readonly onEvent?: (event: ClientEvent) => void;
}

/**
 * What may be left out, with a warning, if a mode does not support it, instead of skipping that mode:
 * the named features, or with `true` all but tools, toolChoice, schema, images and files, also by URL.
 * @default false
 */
export type Lenient = boolean | readonly Feature[];

/**
 * Asks the vendor to cache the start of the prompt for later calls, for five minutes (`true`, "5m")
 * or an hour, if it must be asked for that. It changes the cost of a call, not its answer.
 * @default false
 */
export type PromptCache = boolean | "5m" | "1h";

/** Milliseconds. */
export interface Timeouts {
  /**
   * For the whole call, including every attempt and wait.
   *
   * @default 600_000
   */
  readonly total?: number;
  /**
   * From the start of an attempt to its first part; nothing else that the vendor sends counts.
   *
   * @default 120_000
   */
  readonly firstPart?: number;
  /**
   * The longest silence once a part has arrived: any part, ping or piece of the stream ends it.
   *
   * @default 60_000
   */
  readonly idle?: number;
}
