import type { Attempt } from "../contract/attempt.ts";
import type { Timeouts } from "../contract/call-options.ts";
import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Prices } from "../contract/client.ts";
import type { EventBody } from "../contract/client-event.ts";
import type { Logger, StandbyWish } from "../contract/mode-context.ts";
import type { Warning } from "../contract/part.ts";
import type { LoadedProvider } from "../contract/provider.ts";
import type { Reply } from "../contract/reply.ts";
import type { SharedState } from "../contract/shared-state.ts";
import type { CallKeys } from "../credentials/key-pool.ts";
import type { BaseUrl } from "../credentials/resolve-base-url.ts";
import type { Bounds } from "../pace/bounds.ts";
import type { ResponseSchema } from "../request/response-schema.ts";
import type { Batched } from "./batched.ts";
import type { Route, RouteWishes } from "./plan-routes.ts";
import type { ProbedModes } from "./probed-modes.ts";

/** The limit for which a call waits. */
export interface Held {
  /** When the wait began, on the clock of `performance.now()`; undefined while it does not wait. */
  since: number | undefined;
  route: Pick<Route, "mode" | "credential"> | undefined;
}

/** Everything that a call needs from its plan to its reply. */
export interface Call<Options extends object> extends RouteWishes {
  readonly provider: LoadedProvider<Options>;
  /** The provider's own options. */
  readonly options: Readonly<Options>;
  readonly request: CanonicalRequest;
  readonly schema: ResponseSchema | undefined;
  readonly promptCache: "5m" | "1h" | undefined;
  readonly retry: number;
  /** Set if the answer comes from a vendor's batch, and not from the mode's `run`. */
  readonly batched?: Batched;
  /** The client's limits for attempts at the same time and per interval. */
  readonly bounds: Bounds;
  /** Whether the call waits for a limit if no other route is open. */
  readonly waitForLimits: boolean;
  /** Calls that wait for the same credential start in the order of their tickets. */
  readonly ticket: number;
  /** The limit for which the call waits at the moment. */
  readonly held: Held;
  readonly keys: CallKeys;
  /** The state that machines share; absent if each machine works on its own. */
  readonly state: SharedState | undefined;
  /** The base URL and its source; undefined for the vendor's own address. */
  readonly baseUrl: BaseUrl | undefined;
  readonly cliEnv: Readonly<Record<string, string>>;
  /** The same for all calls that would run the same CLI with the same login. */
  readonly cliPlace: string;
  readonly modes: ProbedModes<Options>;
  /** The standby processes that the client wants; absent if it wants none. */
  readonly standby?: Pick<StandbyWish, "count" | "ttl" | "scope">;
  readonly prices: Prices;
  readonly timeouts: Required<Timeouts>;
  /** When the call's time is over, on the clock of `performance.now()`, which never jumps. */
  readonly deadline: number;
  /** Aborted by the caller, the deadline or `close()`. */
  readonly signal: AbortSignal;
  /**
   * Whether nothing reaches the caller before an attempt has succeeded, so that every attempt may
   * be repeated.
   */
  readonly hold: boolean;
  /** The attempts so far; the list grows while the call runs. */
  readonly attempts: Attempt[];
  /** Warnings for the caller, whichever route answers. */
  readonly notices: readonly Warning[];
  readonly report: (event: EventBody) => void;
  /** Reports the reply, and returns it. */
  readonly replied: (reply: Reply, joined?: boolean) => Reply;
  readonly logger: Logger;
}
