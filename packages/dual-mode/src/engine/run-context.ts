import type { RunContext } from "../contract/mode-context.ts";
import type { Availability } from "../contract/provider.ts";
import type { Writable } from "../writable.ts";
import type { Call } from "./call.ts";
import type { Route } from "./plan-routes.ts";

/** The members of a call that a mode's context is made from. */
export type RunPlace<Options extends object> = Pick<
  Call<Options>,
  "options" | "baseUrl" | "cliEnv" | "modes" | "deadline" | "promptCache" | "logger"
> &
  Partial<Pick<Call<Options>, "standby" | "keys">>;

/** What a run reports to its attempt besides parts. */
export interface RunNews {
  readonly alive: () => void;
  /** Called when a standby process takes the call. */
  readonly warm: () => void;
}

const silent: RunNews = { alive: () => {}, warm: () => {} };

/**
 * Returns the context in which a mode runs a route.
 *
 * @param known The result of the probe: it stays the same during the attempt, whatever other calls
 * find.
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
