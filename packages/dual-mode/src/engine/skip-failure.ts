import type { Code } from "../contract/code.ts";
import { DualModeError } from "../error.ts";
import type { Skipped } from "./plan-routes.ts";

/** Returns the error for a route that cannot be tried now. */
export function skipFailure(skip: Skipped): DualModeError {
  const { code, reason, fix, status, requestId, wait } = skip;
  const retryAfter = passes.has(code) ? wait : undefined;
  return new DualModeError(code, reason, { fix, status, requestId, retryAfter });
}

/** Failures that are over when the cooldown ends. */
const passes: ReadonlySet<Code> = new Set(["RATE_LIMITED", "QUOTA_EXHAUSTED"]);

/**
 * Reasons why a route was not tried, ordered by how easily a user can fix them: first a mode that
 * is installed but unusable, then a missing credential, and last a mode that is not installed. A
 * code that is not listed comes before all.
 */
const nearest: readonly (readonly Code[])[] = [
  ["CLI_TOO_OLD", "CLI_NOT_ISOLATED"],
  ["CLI_NOT_LOGGED_IN", "LOGIN_NOT_SHARED", "MISSING_CREDENTIALS"],
  ["UNSUPPORTED_FEATURE"],
  ["SDK_NOT_INSTALLED", "CLI_NOT_FOUND"],
];

/** Returns the skipped route whose fix helps most; of equals, the first of the plan. */
export function mostHelpful(skipped: readonly Skipped[]): Skipped | undefined {
  const distance = ({ code, barred }: Skipped) =>
    barred ? nearest.length : nearest.findIndex((codes) => codes.includes(code));
  return [...skipped].sort((one, other) => distance(one) - distance(other))[0];
}
