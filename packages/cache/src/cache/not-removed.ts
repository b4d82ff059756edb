import { CacheError } from "../error.ts";

/** A store that did not remove what it was to, and what it said. */
interface Failed {
  readonly name: string;
  readonly failure: unknown;
}

/** What a delete or clear is told that not every store did. */
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
