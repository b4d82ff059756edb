import type { Part, Warning } from "../contract/part.ts";
import type { Attempt } from "../contract/reply.ts";
import type { Call } from "./call.ts";
import { triedAgain } from "./failure-kinds.ts";
import type { Route } from "./plan.ts";
import { type AttemptOutcome, runAttempt } from "./run-attempt.ts";
import { backoff, delay } from "./timers.ts";

/** Tries one route, and again while its failures may pass and the deadline allows. */
export async function* tryRoute<Options extends object>(
  call: Call<Options>,
  route: Route,
  warnings: readonly Warning[],
  attempts: Attempt[],
): AsyncGenerator<Part, AttemptOutcome> {
  for (let retry = 0; ; retry += 1) {
    const outcome = yield* runAttempt(call, route, warnings);
    attempts.push(outcome.attempt);
    const { error, committed } = outcome;
    if (error === undefined || committed || !triedAgain.has(error.code)) return outcome;
    const wait = Math.max(error.retryAfter ?? 0, backoff(retry));
    if (retry >= call.retry || performance.now() + wait >= call.deadline) return outcome;
    await delay(wait, call.signal);
  }
}
