import type { ResponseCache } from "@acc/cache";
import { redact } from "@acc/secrets/redact";
import { DualModeError } from "../error.ts";

/**
 * Converts a refusal of a cache of recordings into a failure of the call; any other error stays as
 * it is.
 */
export function ofRecordings(error: unknown, { recording }: ResponseCache): unknown {
  if (recording === undefined || !(error instanceof Error)) return error;
  // Checks the name, because the class is in a package that is not loaded if the caller brings the
  // cache.
  if (error.name !== "CacheError") return error;
  return new DualModeError("NOT_CACHED", redact(error.message));
}

/** Returns why a request must not be written into a file; undefined if it may be. */
export function recordingObstacle(question: object): string | undefined {
  const text = JSON.stringify(question);
  if (redact(text) === text) return undefined;
  return "The request contains a secret that this process knows, so its answer is not recorded.";
}
