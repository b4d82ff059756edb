import type { RunContext } from "../contract/provider.ts";
import type { Call } from "./call.ts";
import type { Route } from "./plan.ts";

/** What a mode is given to go a route. */
export function runContext<Options extends object>(
  call: Pick<
    Call<Options>,
    "options" | "baseUrl" | "cliEnv" | "modes" | "deadline" | "promptCache" | "logger"
  >,
  route: Pick<Route, "mode" | "credential">,
  signal: AbortSignal,
  alive: () => void = () => {},
): RunContext<Options> {
  const found = call.modes.known(route.mode);
  const open = found?.available ? found : undefined;
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
