import type { Secret } from "@acc/secrets";

/** The credential of one route. */
export type RouteCredential =
  | { readonly kind: "login"; readonly source: "login" }
  | { readonly kind: "none"; readonly source: "none" }
  | { readonly kind: "key"; readonly source: string; readonly secret: Secret };

/** The caller's log; known secrets are removed from every line. */
export interface Logger {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** The context of a probe. */
export interface ProbeContext<Options> {
  /** The provider's own options, as the caller gave them. */
  readonly options: Readonly<Options>;
  /** `cliPath`, if the caller set it: the only command that may be used. */
  readonly cliPath: string | undefined;
  /** The caller's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `cli.env` of the caller: variables that every CLI run gets. */
  readonly cliEnv: Readonly<Record<string, string>>;
  /** Aborted when the probe times out. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** How many standby processes a client wants, and for which calls. */
export interface StandbyWish {
  /** How many of one kind wait at once. */
  readonly count: number;
  /** How long a standby process waits, in ms. */
  readonly ttl: number;
  /** The client that owns the processes: they end with it. */
  readonly owner: object;
  /** The tenant and user of calls: a process that was started for one serves no other. */
  readonly scope: string;
  /** The client's current keys: a process that was started with another key is not used. */
  readonly secrets: readonly Secret[];
  /** Called when a standby process takes the call. */
  claimed(): void;
}

/** The context of one attempt. */
export interface RunContext<Options> {
  readonly options: Readonly<Options>;
  readonly credential: RouteCredential;
  /**
   * The base URL from the option or the provider's variable; undefined for the vendor's own
   * address.
   */
  readonly baseUrl: string | undefined;
  /** The command that the probe found (CLI mode). */
  readonly command: string | undefined;
  /** The version that the probe found (CLI mode). */
  readonly version: string | undefined;
  /** The caller's environment; a CLI run takes from it only what its rules allow. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `cli.env` of the caller: variables that every CLI run gets. */
  readonly cliEnv: Readonly<Record<string, string>>;
  /** Aborted by the caller, a timer or `close()`. */
  readonly signal: AbortSignal;
  /** When the timeout of the whole call ends, in milliseconds since the epoch. */
  readonly deadline: number;
  /** The caller's option for the vendor's own prompt cache; absent if there is none. */
  readonly promptCache?: "5m" | "1h";
  readonly logger: Logger;
  /**
   * Set if the caller wants standby processes. A mode whose command can wait for its prompt then plans
   * every run for that, including the first; `runCommand` does the rest.
   */
  readonly standby?: StandbyWish;
  /**
   * Reports that the vendor is alive when something arrives that is not a part: a ping, a comment, an
   * event that is skipped. It restarts the idle timeout, as every part does by itself; the first-part
   * timeout waits for a part. `readServerSentEvents` and `runCommand` call it if they get the context.
   */
  alive(): void;
}
