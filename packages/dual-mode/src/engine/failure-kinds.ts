import type { Code } from "../contract/code.ts";
import { setupCodes } from "../contract/setup-codes.ts";
import type { DualModeError } from "../error.ts";

/** Failures that no other route could avoid: they are thrown at once. */
export const thrownAtOnce: ReadonlySet<Code> = new Set<Code>([
  "INVALID_REQUEST",
  "CONTEXT_TOO_LONG",
  "CONTENT_FILTERED",
  "UNSUPPORTED_FEATURE",
  "ABORTED",
  "DEADLINE_EXCEEDED",
  "CLOSED",
  "NOT_CACHED",
  "PROVIDER_FAULT",
  "OUTPUT_TOO_LARGE",
]);

/**
 * Failures that blame the request, or come from its caller: a chain does not ask its next provider.
 */
export const blamesRequest: ReadonlySet<Code> = new Set<Code>([
  "INVALID_REQUEST",
  "CONTEXT_TOO_LONG",
  "CONTENT_FILTERED",
  "ABORTED",
]);

/** Failures of this machine's setup, or features that a mode lacks; no vendor was asked. */
export const ofSetup: ReadonlySet<Code> = new Set<Code>([...setupCodes, "UNSUPPORTED_FEATURE"]);

/** Failures that may pass: the same route is tried again, with backoff. */
const triedAgain: ReadonlySet<Code> = new Set<Code>([
  "OVERLOADED",
  "SERVER_ERROR",
  "NETWORK",
  "CLI_CRASHED",
  "INVALID_OUTPUT",
  "TIMEOUT",
]);

/**
 * Whether the same route may be tried again, which is pointless if the same request would fail in
 * the same way.
 */
export function mayPass({ code, retryable }: Pick<DualModeError, "code" | "retryable">): boolean {
  return retryable && triedAgain.has(code);
}

/** Failures of the credential: only a route with a different one may help. */
export const blamesCredential: ReadonlySet<Code> = new Set<Code>([
  "AUTHENTICATION_FAILED",
  "RATE_LIMITED",
  "QUOTA_EXHAUSTED",
  "MODEL_NOT_FOUND",
]);

/** Failures of the address: no credential helps in the mode that used it. */
export const blamesAddress: ReadonlySet<Code> = new Set<Code>(["WRONG_ADDRESS"]);

/** Failures that show that the result of a probe is outdated. */
export const modeIsGone: ReadonlySet<Code> = new Set<Code>([
  "CLI_NOT_FOUND",
  "CLI_TOO_OLD",
  "CLI_NOT_LOGGED_IN",
  "CLI_NOT_ISOLATED",
  "SDK_NOT_INSTALLED",
]);
