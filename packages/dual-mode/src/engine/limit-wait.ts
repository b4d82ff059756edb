import type { Attempt } from "../contract/attempt.ts";
import type { RouteTarget } from "../credentials/route-identity.ts";
import { DualModeError } from "../error.ts";
import { knownLane, laneOf } from "../pace/lanes.ts";
import type { Outcome, Pass } from "../pace/pass.ts";
import type { Call } from "./call.ts";
import type { Cooling } from "./cooldowns.ts";
import type { Route } from "./plan-routes.ts";
import { targetOf } from "./route-target.ts";

type Way = Pick<Route, "mode" | "credential">;

/**
 * Returns permission to try a route once: immediately if no limit holds it, otherwise when it is
 * the call's turn. Undefined if the available routes have changed meanwhile.
 */
export function takeTurn<Options extends object>(
  call: Call<Options>,
  route: Route,
  elsewhere: boolean,
): Pass | Promise<Pass | undefined> {
  const { ticket, deadline, signal, bounds, held, request } = call;
  const asker = { model: request.model, ticket, deadline, signal, elsewhere };
  const turn = laneOf(targetOf(call, route), call.state).enter(asker, bounds);
  if (!(turn instanceof Promise)) {
    held.since = undefined;
    return turn;
  }
  held.since ??= performance.now();
  held.route = route;
  return turn.then((pass) => {
    if (pass !== undefined) held.since = undefined;
    return pass;
  });
}

/**
 * Returns what the end of an attempt shows about a limit; a refusal of one request alone shows
 * nothing.
 */
export function outcomeOf(error: DualModeError | undefined): Outcome {
  if (error?.code !== "RATE_LIMITED" || error.cooldown === 0) return {};
  const { code, message, fix, status, requestId } = error;
  const failure = { code, message, fix, status, requestId };
  return { refused: { wait: error.cooldown ?? error.retryAfter, failure } };
}

/**
 * Returns the ms for which the vendor accepts no call by this route or, for a call that does not
 * wait for limits, the ms that it would have to wait.
 */
export function heldFor<Options extends object>(call: Call<Options>, way: Way): number {
  const target = targetOf(call, way);
  const lane = knownLane(target, call.state);
  if (lane === undefined) return 0;
  if (call.waitForLimits) return lane.blockedFor(target.model, performance.now());
  return lane.expectedWait({ model: target.model, deadline: call.deadline }, call.bounds);
}

/** Makes the calls that wait for a refused credential plan again. */
export function turnAway<Options extends object>(
  { state }: Pick<Call<Options>, "state">,
  target: RouteTarget,
  everyModel: boolean,
): void {
  knownLane(target, state)?.replan(everyModel ? undefined : target.model);
}

/** Returns `heldFor` as a cooldown, with the vendor's own message if it refused a call. */
export function heldAs<Options extends object>(call: Call<Options>, way: Way): Cooling | undefined {
  const wait = heldFor(call, way);
  if (wait <= 0) return undefined;
  const target = targetOf(call, way);
  const refusal = knownLane(target, call.state)?.refusalOf(target.model);
  const { message: reason, ...failure } = refusal ?? {
    code: "RATE_LIMITED" as const,
    message: "Other calls already wait for this credential's concurrency or rate limit.",
  };
  return { ...failure, reason, wait: Math.ceil(wait), failed: refusal !== undefined };
}

/**
 * Explains in the error of a call whose time ran out while it waited that it waited for a limit.
 */
export function toldOfLimit<Options extends object>(error: unknown, call: Call<Options>): unknown {
  const { since, route } = call.held;
  if (!DualModeError.is(error) || error.code !== "DEADLINE_EXCEEDED") return error;
  if (since === undefined || route === undefined) return error;
  const { model } = call.request;
  const ms = Math.round(performance.now() - since);
  const source = route.credential.source;
  const reason = `The call waited ${ms} ms for its turn: ${source} has a limit, and other calls were before it.`;
  const attempt: Attempt = {
    provider: call.provider.name,
    mode: route.mode,
    credential: source,
    model,
    code: "RATE_LIMITED",
    reason,
    ms: 0,
  };
  return new DualModeError(error.code, `${error.message} ${reason}`, {
    fix: "Give it more time with the option timeout, make fewer calls at once, or add keys.",
    attempts: [...call.attempts, attempt],
  });
}
