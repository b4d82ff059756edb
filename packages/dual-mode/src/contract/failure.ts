import type { DualModeError } from "../error.ts";

/** The members of an error that describe why an attempt failed. */
export type Failure = Pick<DualModeError, "code" | "message"> &
  Partial<Pick<DualModeError, "fix" | "status" | "retryAfter" | "requestId">>;
