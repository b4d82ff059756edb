import { knownLane } from "../pace/lanes.ts";
import type { Call } from "./call.ts";
import type { Route } from "./plan-routes.ts";
import { targetOf } from "./route-target.ts";

/**
 * Of the keys that serve as well as the first route's, returns the one with which the call can
 * start soonest.
 */
export function soonestRoute<Options extends object>(
  call: Call<Options>,
  routes: readonly Route[],
): Route | undefined {
  const [first] = routes;
  if (first === undefined || routes.length === 1) return first;
  let found = first;
  let least = Number.POSITIVE_INFINITY;
  for (const route of routes) {
    if (route.mode !== first.mode || route.credential.kind !== first.credential.kind) continue;
    const lane = knownLane(targetOf(call, route), call.state);
    const asker = { model: call.request.model, deadline: call.deadline };
    const wait = lane?.expectedWait(asker, call.bounds) ?? 0;
    if (wait < least) [found, least] = [route, wait];
    if (wait === 0) break;
  }
  return found;
}
