import type { Code } from "../contract/code.ts";
import type { Mode } from "../contract/mode.ts";
import type { Part } from "../contract/part.ts";
import type { CredentialKind } from "../contract/provider.ts";
import type { Attempt } from "../contract/reply.ts";
import type { DualModeError } from "../error.ts";
import type { Call } from "./call.ts";
import { noteClosedMode } from "./closed-mode.ts";
import { coolingOf, credentialIdentity, routeIdentity, startCooldown } from "./cooldowns.ts";
import {
  blamesAddress,
  blamesCredential,
  modeIsGone,
  thrownAtOnce,
  triedAgain,
} from "./failure-kinds.ts";
import { type Plan, planRoutes, type Route, type Skipped } from "./plan.ts";
import { targetOf } from "./route-target.ts";
import { routeWarnings } from "./route-warnings.ts";
import { delay, outOfTime, unlessAborted } from "./timers.ts";
import { tryRoute } from "./try-route.ts";
import { wholeFailure } from "./whole-failure.ts";
import { withAttempts } from "./with-attempts.ts";

/** What the routes brought: the parts of the one that answered, and the story before it. */
export interface Answer {
  readonly route: Route;
  readonly parts: readonly Part[];
  readonly attempts: readonly Attempt[];
}

/** What has happened so far in one call. */
interface Progress {
  /** Routes that failed in this round, credentials that were refused, modes with a wrong address. */
  readonly out: Map<string, Code>;
  /** How often the call has waited for a rate limit to pass. */
  waits: number;
  /** How each route ended that was tried. */
  readonly failures: Map<string, DualModeError>;
  /** Who would have paid if nothing had failed. */
  payer: CredentialKind | undefined;
}

/**
 * Goes through the routes of a call until one answers.
 * @throws {@link DualModeError} with every attempt inside
 */
export async function* runRoutes<Options extends object>(
  call: Call<Options>,
): AsyncGenerator<Part, Answer> {
  const progress: Progress = {
    out: new Map(),
    waits: 0,
    failures: new Map(),
    payer: undefined,
  };
  try {
    await unlessAborted(call.signal, call.keys.load());
    return yield* nextRoutes(call, progress);
  } catch (error) {
    throw withAttempts(error, call.attempts);
  }
}

async function* nextRoutes<Options extends object>(
  call: Call<Options>,
  progress: Progress,
): AsyncGenerator<Part, Answer> {
  for (;;) {
    call.signal.throwIfAborted();
    if (performance.now() >= call.deadline) throw outOfTime(call.timeouts.total);
    const plan = planOf(call);
    const route = plan.routes.find((candidate) => isOpen(candidate, progress.out));
    if (route === undefined) {
      await restOrFail(call, plan, progress);
    } else if (call.modes.known(route.mode) === undefined) {
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
  const { error, committed, parts } = yield* tryRoute(call, route, { warnings, isLast });
  if (error === undefined) return { route, parts, attempts: call.attempts };
  const isLimit = error.code === "UNSUPPORTED_FEATURE";
  if (committed || (thrownAtOnce.has(error.code) && !isLimit)) throw error;
  progress.failures.set(routeIdentity(route), error);
  if (isLimit) leaveOut(plan, route.mode, progress);
  if (modeIsGone.has(error.code)) call.modes.forget(route.mode);
  progress.out.set(routeIdentity(route), error.code);
  if (blamesCredential.has(error.code)) {
    progress.out.set(credentialIdentity(route.credential), error.code);
    startCooldown(targetOf(call, route), error, performance.now());
  }
  if (blamesAddress.has(error.code)) progress.out.set(route.mode, error.code);
  if (error.code === "AUTHENTICATION_FAILED") {
    await unlessAborted(call.signal, call.keys.askAgain());
  }
  return undefined;
}

/** What one mode cannot take of a request it cannot take with any credential; another mode may. */
function leaveOut(plan: Plan, mode: Mode, { out }: Progress): void {
  for (const route of plan.routes.filter((each) => each.mode === mode)) {
    out.set(routeIdentity(route), "UNSUPPORTED_FEATURE");
  }
}

/** Waits for a rate limit to pass where that is all that is left, else ends the call. */
async function restOrFail<Options extends object>(
  call: Call<Options>,
  plan: Plan,
  progress: Progress,
): Promise<void> {
  const waits = plan.skipped
    .filter(({ code, wait }) => code === "RATE_LIMITED" && wait !== undefined)
    .map(({ wait }) => wait ?? 0);
  const wait = Math.min(...waits);
  if (progress.waits >= call.retry || performance.now() + wait >= call.deadline) {
    const refused = plan.routes
      .filter((route) => progress.out.get(routeIdentity(route)) !== "UNSUPPORTED_FEATURE")
      .map((route) => refusedBefore(route, progress.out));
    throw wholeFailure(call, [...progress.failures.values()], [...plan.skipped, ...refused]);
  }
  progress.waits += 1;
  await delay(Math.ceil(wait) + 1, call.signal);
  for (const [name, code] of progress.out) if (mayPass(code)) progress.out.delete(name);
}

/** Whether a failure may be gone after a wait; a refused credential is not. */
function mayPass(code: Code): boolean {
  return code === "RATE_LIMITED" || triedAgain.has(code);
}

/** A route that was left out because its credential, or its address, had already failed. */
function refusedBefore({ mode, credential }: Route, out: ReadonlyMap<string, Code>): Skipped {
  const lost = out.get(mode);
  const code = lost ?? out.get(credentialIdentity(credential)) ?? "AUTHENTICATION_FAILED";
  const reason =
    lost === undefined
      ? "Its credential had already been refused in the other mode."
      : "The address had already turned out to be wrong in this mode.";
  return { mode, credential: credential.source, code, reason };
}

function planOf<Options extends object>(call: Call<Options>): Plan {
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
    cooling: (mode, credential) =>
      coolingOf(targetOf(call, { mode, credential }), performance.now()),
  });
}

function isOpen(route: Route, out: ReadonlyMap<string, Code>): boolean {
  const names = [route.mode, routeIdentity(route), credentialIdentity(route.credential)];
  return !names.some((name) => out.has(name));
}
