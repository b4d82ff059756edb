import type { DualModeError } from "../error.ts";

/** What an attempt says about its failure. */
export type Failure = Pick<DualModeError, "code" | "message"> &
  Partial<Pick<DualModeError, "fix" | "status" | "retryAfter" | "requestId">>;
