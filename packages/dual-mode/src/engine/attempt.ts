import type { Attempt } from "../contract/attempt.ts";
import type { Failure } from "../contract/failure.ts";
import type { Usage } from "../contract/part.ts";

/** Where an attempt went. */
export type Target = Pick<Attempt, "provider" | "mode" | "credential" | "model">;

/** An attempt that failed, or, with 0 ms, could not be begun. */
export function failedAttempt(
  target: Target,
  failure: Failure,
  ms: number,
  usage?: Usage,
): Attempt {
  const { code, message: reason, fix, status, retryAfter, requestId } = failure;
  return {
    ...target,
    code,
    reason,
    ...(fix !== undefined && { fix }),
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(requestId !== undefined && { requestId }),
    ...(usage !== undefined && { usage }),
    ms,
  };
}
