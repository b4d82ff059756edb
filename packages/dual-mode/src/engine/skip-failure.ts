import type { Code } from "../contract/code.ts";
import { DualModeError } from "../error.ts";
import type { Skipped } from "./plan-routes.ts";

/** The failure that a route is which cannot be tried now. */
export function skipFailure(skip: Skipped): DualModeError {
  const { code, reason, fix, status, requestId, wait } = skip;
  const retryAfter = passes.has(code) ? wait : undefined;
  return new DualModeError(code, reason, { fix, status, requestId, retryAfter });
}

/** Failures that are over when the route is no longer left alone. */
const passes: ReadonlySet<Code> = new Set(["RATE_LIMITED", "QUOTA_EXHAUSTED"]);

/**
 * What is in the way of a route that nobody began, from what a user is nearest to putting right: a
 * mode that is there and failed goes before one that lacks a credential, and that before one that is
 * not installed. A code that is not named goes before all.
 */
const nearest: readonly (readonly Code[])[] = [
  ["CLI_TOO_OLD", "CLI_NOT_ISOLATED"],
  ["CLI_NOT_LOGGED_IN", "LOGIN_NOT_SHARED", "MISSING_CREDENTIALS"],
  ["UNSUPPORTED_FEATURE"],
  ["SDK_NOT_INSTALLED", "CLI_NOT_FOUND"],
];

/** Of routes that could not be begun, the one whose fix helps most; of equals, the first of the plan. */
export function mostHelpful(skipped: readonly Skipped[]): Skipped | undefined {
  const distance = ({ code, barred }: Skipped) =>
    barred ? nearest.length : nearest.findIndex((codes) => codes.includes(code));
  return [...skipped].sort((one, other) => distance(one) - distance(other))[0];
}
