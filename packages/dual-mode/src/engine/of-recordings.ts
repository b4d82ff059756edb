import type { ResponseCache } from "@acc/cache";
import { redact } from "@acc/secrets/redact";
import { DualModeError } from "../error.ts";

/** What a cache of recordings refuses, as a failure of the call; any other error as it is. */
export function ofRecordings(error: unknown, { recording }: ResponseCache): unknown {
  if (recording === undefined || !(error instanceof Error)) return error;
  // By its name, for its class is in a package that is not loaded for a cache of the caller's.
  if (error.name !== "CacheError") return error;
  return new DualModeError("NOT_CACHED", redact(error.message));
}

/** Why a request is not to be written into a file; undefined where it may be. */
export function recordingObstacle(question: object): string | undefined {
  const text = JSON.stringify(question);
  if (redact(text) === text) return undefined;
  return "The request contains a secret that this process knows, so its answer is not recorded.";
}
