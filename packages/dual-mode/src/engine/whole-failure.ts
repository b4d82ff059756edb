import { DualModeError } from "../error.ts";
import { withDetails } from "../with-details.ts";
import { failedAttempt } from "./attempt.ts";
import type { Call } from "./call.ts";
import { decisive, joinFailures, type Story } from "./join-failures.ts";
import type { Skipped } from "./plan-routes.ts";
import { mostHelpful, skipFailure } from "./skip-failure.ts";
import { toldAttempts } from "./told-attempts.ts";

/**
 * Returns the error of a call that no route answered. It is made from the failures of the routes
 * that were tried. Routes that could not be started are among the attempts, but decide the error
 * only if none was tried.
 *
 * @param failures How each route ended that was tried.
 * @param skipped Routes that were not tried, in the plan's order.
 */
export function wholeFailure<Options extends object>(
  { provider: { name: provider }, request: { model }, attempts: tried }: Call<Options>,
  failures: readonly DualModeError[],
  skipped: readonly Skipped[],
): DualModeError {
  const untold = skipped.filter(({ mode, credential, code }) =>
    tried.every((attempt) => {
      if (attempt.mode !== mode) return true;
      return credential === undefined ? attempt.code !== code : attempt.credential !== credential;
    }),
  );
  const attempts = [
    ...tried,
    ...untold.map((skip) => {
      const { mode, credential = "none" } = skip;
      return failedAttempt({ provider, mode, credential, model }, skipFailure(skip), 0);
    }),
  ];
  const story = (head: string): Story => ({
    attempts,
    message: () => [head, ...toldAttempts(attempts, false)].join("\n"),
  });
  // A route in a cooldown failed a moment ago, in another call.
  const leftAlone = untold.filter(({ wait }) => wait !== undefined).map(skipFailure);
  const [first, ...rest] = decisive([...failures, ...leftAlone]);
  if (first !== undefined) {
    return joinFailures([first, ...rest], story(`No route to ${provider} answered.`));
  }
  return notBegun(untold, story(`No route to ${provider} can be tried.`));
}

function notBegun(skipped: readonly Skipped[], { attempts, message }: Story): DualModeError {
  const helpful = mostHelpful(skipped);
  if (helpful === undefined)
    return new DualModeError("PROVIDER_FAULT", "The provider has no modes.");
  const failure = skipFailure(helpful);
  const reason = skipped.length > 1 ? message() : failure.message;
  return withDetails(failure, { message: reason, attempts });
}
