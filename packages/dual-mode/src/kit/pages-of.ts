import { DualModeError } from "../error.ts";
import { unreadable } from "../foreign/unreadable.ts";

/** The most pages of one list. */
const most = 100;

/** A page of a list, with the token for the next one. */
export interface ListPage<T> {
  readonly all: readonly T[];
  /** Undefined for the last page. */
  readonly next: string | undefined;
}

/**
 * Yields the pages of a list; each page names the next one, and `undefined` asks for the first.
 *
 * @param who The vendor as the subject of a sentence: "Example's API".
 * @throws {@link DualModeError} `INVALID_OUTPUT` if a page leads to one that was there before;
 * `OUTPUT_TOO_LARGE` after a hundred pages
 */
export async function* pagesOf<T>(
  who: string,
  ask: (from: string | undefined) => Promise<ListPage<T>>,
): AsyncGenerator<readonly T[]> {
  const asked = new Set<string | undefined>();
  for (let from: string | undefined; asked.size < most; ) {
    asked.add(from);
    const { all, next } = await ask(from);
    yield all;
    if (next === undefined) return;
    if (asked.has(next)) throw unreadable(who, "a page of a list twice");
    from = next;
  }
  const message = `${who} sent a list of more than ${most} pages.`;
  throw new DualModeError("OUTPUT_TOO_LARGE", message, { fix: "Look at the base URL." });
}
