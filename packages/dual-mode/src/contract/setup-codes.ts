import type { Code } from "./code.ts";

/** Codes of failures in which this machine is not set up for a mode, so no model was asked. */
export const setupCodes: ReadonlySet<Code> = new Set<Code>([
  "CLI_NOT_FOUND",
  "CLI_TOO_OLD",
  "CLI_NOT_LOGGED_IN",
  "CLI_NOT_ISOLATED",
  "SDK_NOT_INSTALLED",
  "MISSING_CREDENTIALS",
  "LOGIN_NOT_SHARED",
]);
