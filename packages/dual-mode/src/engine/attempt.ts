import type { Attempt } from "../contract/attempt.ts";
import type { Failure } from "../contract/failure.ts";
import type { Usage } from "../contract/part.ts";

/** The route of an attempt. */
export type Target = Pick<Attempt, "provider" | "mode" | "credential" | "model">;

/** Returns a failed attempt; with 0 ms, one that could not be started. */
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
