import type { Part, Warning } from "../contract/part.ts";
import type { Pass } from "../pace/pass.ts";
import type { Call } from "./call.ts";
import { mayPass } from "./failure-kinds.ts";
import { tellOfState } from "./learn-of-others.ts";
import { outcomeOf, takeTurn } from "./limit-wait.ts";
import type { Route } from "./plan-routes.ts";
import { type AttemptOutcome, runAttempt } from "./run-attempt.ts";
import { stillThere } from "./still-there.ts";
import { backoff, delay } from "./timers.ts";

/** What is needed to try a route. */
export interface Trial {
  readonly warnings: readonly Warning[];
  /** Whether no other route is available. */
  readonly isLast: boolean;
  /** Whether a route with another credential is available. */
  readonly elsewhere: boolean;
}

/**
 * Tries a route, and tries it again while its failures are temporary and the deadline allows.
 * Undefined if the available routes changed before an attempt: then the call must plan again.
 */
export async function* tryRoute<Options extends object>(
  call: Call<Options>,
  route: Route,
  { warnings, isLast, elsewhere }: Trial,
): AsyncGenerator<Part, AttemptOutcome | undefined> {
  for (let retry = 0; ; retry += 1) {
    const turn = call.batched ? free : takeTurn(call, route, elsewhere);
    const pass = turn instanceof Promise ? await turn : turn;
    if (call.state !== undefined) tellOfState(call, call.state);
    if (pass === undefined) return undefined;
    let outcome: AttemptOutcome | undefined;
    try {
      const known = call.modes.known(route.mode) ?? (await stillThere(call, route));
      if (!known?.available) return undefined;
      outcome = yield* runAttempt(call, route, { warnings, pass, known });
    } finally {
      pass.end(outcomeOf(outcome?.error));
    }
    const { error, committed } = outcome;
    if (error === undefined || committed || !mayPass(error)) return outcome;
    const own = backoff(retry);
    const asked = error.retryAfter ?? 0;
    const wait = Math.max(asked, own);
    // If a vendor asks for a long wait, another route is tried instead.
    if (asked > own && !isLast) return outcome;
    if (retry >= call.retry || performance.now() + wait >= call.deadline) return outcome;
    await delay(wait, call.signal);
  }
}

/** A call whose answer comes from a vendor's batch asks nobody, so it needs no turn. */
const free: Pass = { admitted() {}, told() {}, end() {} };
