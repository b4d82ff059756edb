import type { DualModeError } from "../error.ts";

/** What an attempt tells of a failure. */
export type Failure = Pick<DualModeError, "code" | "message"> &
  Partial<Pick<DualModeError, "fix" | "status" | "retryAfter" | "requestId">>;
