import type { Attempt } from "../contract/attempt.ts";
import { DualModeError } from "../error.ts";
import { withDetails } from "../with-details.ts";
import { ofSetup } from "./failure-kinds.ts";

/** The attempts behind several failures, and their description. */
export interface Story {
  readonly attempts: readonly Attempt[];
  /** Returns the description, which is used if the failures differ. */
  readonly message: () => string;
}

/**
 * Joins several failures into one. If there is only one, or all have the same code, it is that
 * failure. Otherwise it is `ALL_ROUTES_FAILED`, with all of them as `causes`, and the status and
 * wait of the most useful one.
 */
export function joinFailures(
  failures: readonly [DualModeError, ...DualModeError[]],
  { attempts, message }: Story,
): DualModeError {
  const [first] = failures;
  if (failures.every(({ code }) => code === first.code)) {
    const told = mostTelling(failures);
    const alike = failures.every((each) => each.message === told.message);
    return withDetails(told, {
      message: alike ? `${told.message}${often(told, attempts)}` : message(),
      attempts,
    });
  }
  const causes = failures.flatMap((each) => (each.causes.length > 0 ? each.causes : [each]));
  const telling = mostTelling(causes);
  return new DualModeError("ALL_ROUTES_FAILED", message(), {
    fix: "Fix one of the routes listed.",
    status: telling.status ?? causes.find(({ status }) => status !== undefined)?.status,
    retryAfter: telling.retryAfter,
    requestId: telling.requestId,
    cause: telling,
    causes,
    attempts,
  });
}

/**
 * Returns the failures that decide. If a route was tried and failed, missing setup of other routes
 * does not count.
 */
export function decisive(failures: readonly DualModeError[]): readonly DualModeError[] {
  const real = failures.filter(({ code }) => !ofSetup.has(code));
  return real.length > 0 ? real : failures;
}

/**
 * Returns the failure after which the call can succeed soonest: a temporary one with the shortest
 * wait, or else a temporary one without a wait.
 */
function mostTelling(failures: readonly DualModeError[]): DualModeError {
  const distance = ({ retryable, retryAfter = Number.POSITIVE_INFINITY }: DualModeError) =>
    [retryable ? 0 : 1, retryAfter] as const;
  return failures.reduce((best, each) => {
    const [a, b] = [distance(each), distance(best)];
    return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? each : best;
  });
}

function often(error: DualModeError, attempts: readonly Attempt[]): string {
  const { length } = attempts.filter(
    ({ code, reason, ms }) => ms > 0 && code === error.code && reason === error.message,
  );
  return length > 1 ? ` (${length} attempts)` : "";
}
