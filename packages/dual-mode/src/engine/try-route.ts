import type { Part, Warning } from "../contract/part.ts";
import type { Call } from "./call.ts";
import { triedAgain } from "./failure-kinds.ts";
import type { Route } from "./plan.ts";
import { type AttemptOutcome, runAttempt } from "./run-attempt.ts";
import { backoff, delay } from "./timers.ts";

/** What a route is tried with. */
export interface Trial {
  readonly warnings: readonly Warning[];
  /** No other route is open. */
  readonly isLast: boolean;
}

/** Tries one route, and again while its failures may pass and the deadline allows. */
export async function* tryRoute<Options extends object>(
  call: Call<Options>,
  route: Route,
  { warnings, isLast }: Trial,
): AsyncGenerator<Part, AttemptOutcome> {
  for (let retry = 0; ; retry += 1) {
    const outcome = yield* runAttempt(call, route, warnings);
    const { error, committed } = outcome;
    if (error === undefined || committed || !triedAgain.has(error.code)) return outcome;
    const own = backoff(retry);
    const asked = error.retryAfter ?? 0;
    const wait = Math.max(asked, own);
    // A vendor that asks for a long wait is left for another open door.
    if (asked > own && !isLast) return outcome;
    if (retry >= call.retry || performance.now() + wait >= call.deadline) return outcome;
    await delay(wait, call.signal);
  }
}
