import type { Code } from "../contract/code.ts";

/**
 * Returns the exit code of docs/cli-protocol.md for an error; 1 if the error has none of its own.
 */
export function protocolExit(code: Code): number {
  const entry = Object.entries(protocolExits).find(([, each]) => each === code);
  return Number(entry?.[0] ?? 1);
}

/** The codes for the exit codes of docs/cli-protocol.md. */
export const protocolExits: Readonly<Record<number, Code>> = {
  10: "MISSING_CREDENTIALS",
  11: "AUTHENTICATION_FAILED",
  12: "RATE_LIMITED",
  13: "QUOTA_EXHAUSTED",
  14: "MODEL_NOT_FOUND",
  15: "OVERLOADED",
  16: "SERVER_ERROR",
  17: "NETWORK",
  18: "TIMEOUT",
  19: "INVALID_OUTPUT",
  20: "INVALID_REQUEST",
  21: "CONTEXT_TOO_LONG",
  22: "CONTENT_FILTERED",
  23: "UNSUPPORTED_FEATURE",
  24: "SDK_NOT_INSTALLED",
  25: "WRONG_ADDRESS",
};
