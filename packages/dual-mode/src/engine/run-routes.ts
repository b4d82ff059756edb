import type { Code } from "../contract/code.ts";
import type { Mode } from "../contract/mode.ts";
import type { Part } from "../contract/part.ts";
import type { CredentialKind } from "../contract/provider.ts";
import { credentialIdentity, routeIdentity } from "../credentials/route-identity.ts";
import type { DualModeError } from "../error.ts";
import { sharedCredential } from "../pace/lanes.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import { noteClosedMode } from "./closed-mode.ts";
import {
  blamesEveryModel,
  type Cooling,
  coolingOf,
  sharedCooling,
  startCooldown,
} from "./cooldowns.ts";
import { blamesAddress, blamesCredential, modeIsGone, thrownAtOnce } from "./failure-kinds.ts";
import { learnOfOthers } from "./learn-of-others.ts";
import { heldAs, heldFor, toldOfLimit, turnAway } from "./limit-wait.ts";
import { type Plan, planRoutes, type Route, type Skipped } from "./plan-routes.ts";
import { targetOf } from "./route-target.ts";
import { routeWarnings } from "./route-warnings.ts";
import { soonestRoute } from "./soonest-route.ts";
import { outOfTime, unlessAborted } from "./timers.ts";
import { tryRoute } from "./try-route.ts";
import { wholeFailure } from "./whole-failure.ts";
import { withAttempts } from "./with-attempts.ts";

/** The progress of one call. */
interface Progress {
  /**
   * Routes that failed in this round, credentials that were refused, and modes with a wrong
   * address.
   */
  readonly out: Map<string, Code>;
  /** Modes whose command had disappeared and was searched for once more. */
  readonly lookedAgain: Set<Mode>;
  /** How each route ended that was tried. */
  readonly failures: Map<string, DualModeError>;
  /** Who would have been billed if nothing had failed. */
  payer: CredentialKind | undefined;
}

/**
 * Tries the routes of a call until one answers.
 *
 * @throws {@link DualModeError} with all attempts
 */
export async function* runRoutes<Options extends object>(
  call: Call<Options>,
): AsyncGenerator<Part, Answer> {
  const progress: Progress = {
    out: new Map(),
    lookedAgain: new Set(),
    failures: new Map(),
    payer: undefined,
  };
  try {
    const loading = call.keys.load();
    if (loading !== undefined) await unlessAborted(call.signal, loading);
    return yield* nextRoutes(call, progress);
  } catch (error) {
    throw withAttempts(toldOfLimit(error, call), call.attempts);
  }
}

async function* nextRoutes<Options extends object>(
  call: Call<Options>,
  progress: Progress,
): AsyncGenerator<Part, Answer> {
  for (;;) {
    call.signal.throwIfAborted();
    if (performance.now() >= call.deadline) throw outOfTime(call.timeouts.total);
    if (call.state !== undefined) await unlessAborted(call.signal, learnOfOthers(call));
    const plan = planOf(call);
    const open = plan.routes.filter((candidate) => isOpen(candidate, progress.out));
    const route = soonestRoute(call, open) ?? heldRoute(call, plan, progress);
    if (call.modes.known(route.mode) === undefined) {
      await call.modes.probe(route.mode, call.signal, call.logger);
    } else {
      noteClosedMode(call, plan, route);
      progress.payer ??= plan.payer;
      const answer = yield* tryNext(call, plan, route, progress);
      if (answer !== undefined) return answer;
    }
  }
}

async function* tryNext<Options extends object>(
  call: Call<Options>,
  plan: Plan,
  route: Route,
  progress: Progress,
): AsyncGenerator<Part, Answer | undefined> {
  const warnings = [...call.notices, ...routeWarnings(route, progress.payer)];
  const isLast = plan.routes.every((other) => other === route || !isOpen(other, progress.out));
  const { credential } = route;
  const elsewhere = plan.routes.some(
    (other) =>
      isOpen(other, progress.out) &&
      credentialIdentity(other.credential) !== credentialIdentity(credential),
  );
  const outcome = yield* tryRoute(call, route, { warnings, isLast, elsewhere });
  if (outcome === undefined) return undefined;
  const { error, committed, parts } = outcome;
  if (error === undefined) return { route, parts, attempts: call.attempts };
  const isLimit = error.code === "UNSUPPORTED_FEATURE";
  // A result of a vendor's batch is final, and says nothing about later calls.
  if (call.batched !== undefined || committed || (thrownAtOnce.has(error.code) && !isLimit))
    throw error;
  progress.failures.set(routeIdentity(route), error);
  if (isLimit) leaveOut(plan, route.mode, progress);
  if (modeIsGone.has(error.code)) call.modes.forget(route.mode);
  if (error.code === "CLI_NOT_FOUND" && !progress.lookedAgain.has(route.mode)) {
    progress.lookedAgain.add(route.mode);
    return undefined;
  }
  // The call waits for a limit in its queue, and no plan uses the route while the vendor accepts no
  // call.
  if (error.code === "RATE_LIMITED" && error.cooldown !== 0 && error.retryable) return undefined;
  progress.out.set(routeIdentity(route), error.code);
  if (blamesCredential.has(error.code)) {
    progress.out.set(credentialIdentity(route.credential), error.code);
    const target = targetOf(call, route);
    startCooldown(target, error, performance.now(), sharedCredential(target, call.state));
    turnAway(call, target, blamesEveryModel(error.code));
  }
  if (blamesAddress.has(error.code)) progress.out.set(route.mode, error.code);
  if (error.code === "AUTHENTICATION_FAILED") {
    await unlessAborted(call.signal, call.keys.askAgain());
  }
  return undefined;
}

/**
 * A request that one mode does not support fails there with every credential; another mode may
 * support it.
 */
function leaveOut(plan: Plan, mode: Mode, { out }: Progress): void {
  for (const route of plan.routes.filter((each) => each.mode === mode)) {
    out.set(routeIdentity(route), "UNSUPPORTED_FEATURE");
  }
}

/**
 * If only limits hold the remaining routes, returns the route whose limit ends first, if the call
 * has the time.
 *
 * @throws {@link DualModeError} the reason if no route is left
 */
function heldRoute<Options extends object>(
  call: Call<Options>,
  plan: Plan,
  progress: Progress,
): Route {
  const { out } = progress;
  const held = call.waitForLimits ? planOf(call, () => undefined).routes : [];
  const inTime = held.filter((route) => {
    const isOver = performance.now() + heldFor(call, route) >= call.deadline;
    return !isOver && isOpen(route, out);
  });
  const route = soonestRoute(call, inTime);
  if (route !== undefined) return route;
  const refused = plan.routes
    .filter((each) => out.get(routeIdentity(each)) !== "UNSUPPORTED_FEATURE")
    .map((each) => refusedBefore(each, out));
  throw wholeFailure(call, [...progress.failures.values()], [...plan.skipped, ...refused]);
}

/**
 * Describes a route that was left out because its credential, or its address, had already failed.
 */
function refusedBefore({ mode, credential }: Route, out: ReadonlyMap<string, Code>): Skipped {
  const lost = out.get(mode);
  const code = lost ?? out.get(credentialIdentity(credential)) ?? "AUTHENTICATION_FAILED";
  const reason =
    lost === undefined
      ? "Its credential had already been refused in the other mode."
      : "The address had already turned out to be wrong in this mode.";
  return { mode, credential: credential.source, code, reason };
}

/** @param held Returns the limit that holds a route, if there is one */
function planOf<Options extends object>(
  call: Call<Options>,
  held: (way: Pick<Route, "mode" | "credential">) => Cooling | undefined = (way) =>
    heldAs(call, way),
): Plan {
  return planRoutes({
    request: call.request,
    required: call.required,
    prefer: call.prefer,
    only: call.only,
    billing: call.billing,
    shared: call.shared,
    lenient: call.lenient,
    keys: call.keys.list,
    refusedKeys: call.keys.refused,
    missingKey: call.keys.missing,
    modes: call.modes.facts(),
    cooling: (mode, credential) => {
      // The vendor of a batch has answered already, or is asked outside the limits of calls.
      if (call.batched !== undefined) return undefined;
      const target = targetOf(call, { mode, credential });
      const now = performance.now();
      const shared = sharedCredential(target, call.state);
      const cooling = coolingOf(target, now) ?? (shared && sharedCooling(shared, target, now));
      if (cooling !== undefined) return cooling;
      return held({ mode, credential });
    },
  });
}

function isOpen(route: Route, out: ReadonlyMap<string, Code>): boolean {
  const names = [route.mode, routeIdentity(route), credentialIdentity(route.credential)];
  return !names.some((name) => out.has(name));
}
