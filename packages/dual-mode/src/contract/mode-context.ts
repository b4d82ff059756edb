import type { Secret } from "@acc/secrets";

/** The credential of one route. */
export type RouteCredential =
  | { readonly kind: "login"; readonly source: "login" }
  | { readonly kind: "none"; readonly source: "none" }
  | { readonly kind: "key"; readonly source: string; readonly secret: Secret };

/** A log of the caller's; known secrets are removed from every line. */
export interface Logger {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** What a probe is given. */
export interface ProbeContext<Options> {
  /** The provider's own options, as the caller gave them. */
  readonly options: Readonly<Options>;
  /** `cliPath`, where the caller named one: the only command that may be used. */
  readonly cliPath: string | undefined;
  /** The caller's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `cli.env` of the caller: variables that every CLI run gets. */
  readonly cliEnv: Readonly<Record<string, string>>;
  /** Aborted when the probe's own time is up. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** Processes that a client wants started ahead of its calls. */
export interface StandbyWish {
  /** How many of one kind wait at once. */
  readonly count: number;
  /** Milliseconds for which one waits. */
  readonly ttl: number;
  /** Whose they are: they end with this client. */
  readonly owner: object;
  /** For whom calls are made: a process that was started for one serves no other. */
  readonly scope: string;
  /** The keys that the client has now: a process with any other is of no use to it. */
  readonly secrets: readonly Secret[];
  /** Told when a process that has waited takes the call. */
  claimed(): void;
}

/** What one attempt is given. */
export interface RunContext<Options> {
  readonly options: Readonly<Options>;
  readonly credential: RouteCredential;
  /** The one base URL: the option, or the provider's variable; undefined for the vendor's own. */
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
  /** Milliseconds since the epoch at which the whole call is out of time. */
  readonly deadline: number;
  /** What the caller asked of the vendor's own cache of prompts; absent where nothing. */
  readonly promptCache?: "5m" | "1h";
  readonly logger: Logger;
  /**
   * Set where the caller wants processes started ahead of the calls. A mode whose command can wait
   * for its prompt plans each run for it then, the first too; `runCommand` sees to the rest.
   */
  readonly standby?: StandbyWish;
  /**
   * Says that the vendor is there, where what came of it is no part: a ping, a comment, an event that
   * is passed over. It starts the idle timer anew, as every part does by itself; the first-part timer
   * waits for a part. `readServerSentEvents` and `runCommand` call it where they are given the context.
   */
  alive(): void;
}
