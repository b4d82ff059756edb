import type { ClientEvent } from "./client-event.ts";
import type { Feature, Mode } from "./mode.ts";

/** How one call is made; none of it is part of the cache's key. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole call, or its timers one by one. */
  readonly timeout?: number | Timeouts;
  /** "only" asks nobody else and throws `NOT_CACHED`; "refresh" asks anew and stores; "off" does neither. @default "default" */
  readonly cache?: "default" | "refresh" | "only" | "off";
  readonly prefer?: Mode;
  readonly only?: Mode;
  /** Who may pay for this call, as in the client's option. @default the client's */
  readonly billing?: "any" | "login" | "key";
  readonly lenient?: Lenient;
  readonly promptCache?: PromptCache;
  /**
   * Whether the call waits, within its time, for a limit to let it go; else it is `RATE_LIMITED` at once.
   * @default the client's
   */
  readonly waitForLimits?: boolean;
  /** Whose call this is: cache entries are kept apart, and login routes are skipped. */
  readonly tenant?: string;
  /** The person behind the call, where one key serves many: login routes are skipped. */
  readonly user?: string;
  /** Told of this call's events, beside the client's own `onEvent`. */
  readonly onEvent?: (event: ClientEvent) => void;
}

/**
 * What may be left out, with a warning, where a mode cannot honour it, instead of skipping that mode:
 * the features named, or with `true` all but tools, toolChoice, schema, images and files, by address too.
 * @default false
 */
export type Lenient = boolean | readonly Feature[];

/**
 * Has the vendor keep the beginning of the prompt for calls to come, for five minutes (`true`, "5m")
 * or an hour, where it wants to be asked for that. It changes what a call costs, not what it answers.
 * @default false
 */
export type PromptCache = boolean | "5m" | "1h";

/** Milliseconds. */
export interface Timeouts {
  /** The whole call, every attempt and wait included. @default 600_000 */
  readonly total?: number;
  /** From the start of an attempt to its first part; what else the vendor sends does not count. @default 120_000 */
  readonly firstPart?: number;
  /** From one sign of life to the next once a part has come: a part, a ping, any piece of the stream. @default 60_000 */
  readonly idle?: number;
}
