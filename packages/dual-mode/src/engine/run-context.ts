import type { Availability, RunContext } from "../contract/provider.ts";
import type { Call } from "./call.ts";
import type { Route } from "./plan.ts";

/** What a call has for a mode to go a route with. */
export type RunPlace<Options extends object> = Pick<
  Call<Options>,
  "options" | "baseUrl" | "cliEnv" | "modes" | "deadline" | "promptCache" | "logger"
>;

/**
 * What a mode is given to go a route.
 * @param known What the probe found: it stays so for the attempt, whatever other calls find.
 */
export function runContext<Options extends object>(
  call: RunPlace<Options>,
  route: Pick<Route, "credential">,
  known: Availability | undefined,
  signal: AbortSignal,
  alive: () => void = () => {},
): RunContext<Options> {
  const open = known?.available ? known : undefined;
  return {
    options: call.options,
    credential: route.credential,
    baseUrl: call.baseUrl?.url,
    command: open?.command,
    version: open?.version,
    env: process.env,
    cliEnv: call.cliEnv,
    signal,
    deadline: Math.ceil(Date.now() + call.deadline - performance.now()),
    ...(call.promptCache && { promptCache: call.promptCache }),
    logger: call.logger,
    alive,
  };
}
