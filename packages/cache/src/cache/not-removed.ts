import { CacheError } from "../error.ts";

/** A store that did not remove an entry, and its error. */
interface Failed {
  readonly name: string;
  readonly failure: unknown;
}

/** Returns the error of a delete or clear that failed in some stores. */
export function notRemoved(failed: readonly Failed[]): CacheError {
  const each = failed.map(({ name, failure }) => `the store ${name} (${wordsOf(failure)})`);
  const message = `Not removed by ${each.join(" and ")}: it may be served again from there.`;
  const cause = failed[0]?.failure;
  return new CacheError("NOT_REMOVED", message, {
    cause,
    retryable: true,
    failed: failed.map(({ name }) => name),
  });
}

function wordsOf(failure: unknown): string {
  if (failure === undefined) return "it is closed";
  return failure instanceof Error ? failure.message.replace(/\.$/, "") : String(failure);
}
