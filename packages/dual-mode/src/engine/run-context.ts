import type { RunContext } from "../contract/mode-context.ts";
import type { Availability } from "../contract/provider.ts";
import type { Writable } from "../writable.ts";
import type { Call } from "./call.ts";
import type { Route } from "./plan-routes.ts";

/** What a call has for a mode to go a route with. */
export type RunPlace<Options extends object> = Pick<
  Call<Options>,
  "options" | "baseUrl" | "cliEnv" | "modes" | "deadline" | "promptCache" | "logger"
> &
  Partial<Pick<Call<Options>, "standby" | "keys">>;

/** What a run tells its attempt besides its parts. */
export interface RunNews {
  readonly alive: () => void;
  /** A process that had waited took the call. */
  readonly warm: () => void;
}

const silent: RunNews = { alive: () => {}, warm: () => {} };

/**
 * What a mode is given to go a route.
 * @param known What the probe found: it stays so for the attempt, whatever other calls find.
 */
export function runContext<Options extends object>(
  call: RunPlace<Options>,
  route: Pick<Route, "credential">,
  known: Availability | undefined,
  signal: AbortSignal,
  { alive, warm }: RunNews = silent,
): RunContext<Options> {
  const open = known?.available ? known : undefined;
  const context: Writable<RunContext<Options>> = {
    options: call.options,
    credential: route.credential,
    baseUrl: call.baseUrl?.url,
    command: open?.command,
    version: open?.version,
    env: process.env,
    cliEnv: call.cliEnv,
    signal,
    deadline: Math.ceil(Date.now() + call.deadline - performance.now()),
    logger: call.logger,
    alive,
  };
  if (call.promptCache) context.promptCache = call.promptCache;
  if (call.standby) {
    const secrets = call.keys?.list.map(({ secret }) => secret) ?? [];
    context.standby = { ...call.standby, owner: call.modes, secrets, claimed: warm };
  }
  return context;
}
