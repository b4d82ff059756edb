import { type Code, DualModeError, setupCodes } from "@acc/dual-mode";

/** Failures before a model began to work: no vendor charges for them. */
const unpaid: ReadonlySet<Code> = new Set<Code>([
  ...setupCodes,
  "AUTHENTICATION_FAILED",
  "RATE_LIMITED",
  "QUOTA_EXHAUSTED",
  "MODEL_NOT_FOUND",
  "WRONG_ADDRESS",
  "OVERLOADED",
  "SERVER_ERROR",
  "INVALID_REQUEST",
  "CONTEXT_TOO_LONG",
  "UNSUPPORTED_FEATURE",
  "CLOSED",
  "NOT_CACHED",
]);

/**
 * Whether a call that failed before the first piece of its answer certainly cost nothing. A call
 * that was cut off, aborted or timed out may have cost something: a model may have been working.
 */
export function isUnpaid(error: unknown): boolean {
  if (!DualModeError.is(error)) return false;
  const { code, attempts, causes } = error;
  const own = code === "ALL_ROUTES_FAILED" ? [] : [code];
  const all = [
    ...own,
    ...attempts.flatMap((one) => one.code ?? []),
    ...causes.map((one) => one.code),
  ];
  return all.length > 0 && all.every((one) => unpaid.has(one));
}
