import { type Code, DualModeError } from "@acc/dual-mode";

/** Failures before a model was at work: no vendor asks money for them. */
const unpaid: ReadonlySet<Code> = new Set<Code>([
  "CLI_NOT_FOUND",
  "CLI_TOO_OLD",
  "CLI_NOT_LOGGED_IN",
  "CLI_NOT_ISOLATED",
  "SDK_NOT_INSTALLED",
  "MISSING_CREDENTIALS",
  "LOGIN_NOT_SHARED",
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
 * Whether a call that failed before its first piece of an answer surely cost nothing. One that was
 * cut, left or given up may have: a model may have been at work.
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
