import type { Part, Warning } from "../contract/part.ts";
import type { Pass } from "../pace/pass.ts";
import type { Call } from "./call.ts";
import { triedAgain } from "./failure-kinds.ts";
import { tellOfState } from "./learn-of-others.ts";
import { outcomeOf, takeTurn } from "./limit-wait.ts";
import type { Route } from "./plan-routes.ts";
import { type AttemptOutcome, runAttempt } from "./run-attempt.ts";
import { stillThere } from "./still-there.ts";
import { backoff, delay } from "./timers.ts";

/** What a route is tried with. */
export interface Trial {
  readonly warnings: readonly Warning[];
  /** No other route is open. */
  readonly isLast: boolean;
  /** A route with another credential is open. */
  readonly elsewhere: boolean;
}

/**
 * Tries one route, and again while its failures may pass and the deadline allows. Undefined where what
 * can be tried has changed before an attempt: then the call is to be planned again.
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
    if (error === undefined || committed || !triedAgain.has(error.code)) return outcome;
    const own = backoff(retry);
    const asked = error.retryAfter ?? 0;
    const wait = Math.max(asked, own);
    // A vendor that asks for a long wait is left for another route.
    if (asked > own && !isLast) return outcome;
    if (retry >= call.retry || performance.now() + wait >= call.deadline) return outcome;
    await delay(wait, call.signal);
  }
}

/** Nobody is asked where the answer comes by a vendor's batch. */
const free: Pass = { admitted() {}, told() {}, end() {} };
