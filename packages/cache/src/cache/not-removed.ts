import { CacheError } from "../error.ts";

/** What a delete or clear is told that not every store did. */
export function notRemoved(failed: readonly string[]): CacheError {
  const message =
    `${failed.join(" and ")} did not remove it: it may be served again from there. ` +
    "The event of type error says why; try again once that is put right.";
  return new CacheError("NOT_REMOVED", message, { failed, retryable: true });
}
