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

/** What a call waits for before it may try. */
export interface Held {
  /** On the clock of `performance.now()`; undefined while it does not wait. */
  since: number | undefined;
  route: Pick<Route, "mode" | "credential"> | undefined;
}

/** Everything that one call carries from its plan to its reply. */
export interface Call<Options extends object> extends RouteWishes {
  readonly provider: LoadedProvider<Options>;
  /** The provider's own options. */
  readonly options: Readonly<Options>;
  readonly request: CanonicalRequest;
  readonly schema: ResponseSchema | undefined;
  readonly promptCache: "5m" | "1h" | undefined;
  readonly retry: number;
  /** Set where the answer comes by a vendor's batch, and not by the mode's `run`. */
  readonly batched?: Batched;
  /** How many attempts the client allows at once, and in a time. */
  readonly bounds: Bounds;
  /** The call waits for a limit to let it go, where no other route is open. */
  readonly waitForLimits: boolean;
  /** Calls that wait for one credential go in the order of their tickets. */
  readonly ticket: number;
  /** What the call waits for; it changes as the call goes on. */
  readonly held: Held;
  readonly keys: CallKeys;
  /** What machines know together; absent where each goes by itself. */
  readonly state: SharedState | undefined;
  /** Where the call goes, and who said so; undefined for the vendor's own address. */
  readonly baseUrl: BaseUrl | undefined;
  readonly cliEnv: Readonly<Record<string, string>>;
  /** The same for calls that would run the same CLI with the same login. */
  readonly cliPlace: string;
  readonly modes: ProbedModes<Options>;
  /** Processes that are wanted ahead; absent where none are. */
  readonly standby?: Pick<StandbyWish, "count" | "ttl" | "scope">;
  readonly prices: Prices;
  readonly timeouts: Required<Timeouts>;
  /** When the call is out of time, on the clock of `performance.now()`, which never jumps. */
  readonly deadline: number;
  /** Aborted by the caller, the deadline or `close()`. */
  readonly signal: AbortSignal;
  /** Nothing reaches the caller before an attempt has ended well, so every attempt may be repeated. */
  readonly hold: boolean;
  /** The routes tried so far; it fills as the call goes on. */
  readonly attempts: Attempt[];
  /** What the caller should know, whatever route answers. */
  readonly notices: readonly Warning[];
  readonly report: (event: EventBody) => void;
  /** Reports the reply, and gives it. */
  readonly replied: (reply: Reply, joined?: boolean) => Reply;
  readonly logger: Logger;
}
