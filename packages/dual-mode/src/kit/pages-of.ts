import { DualModeError } from "../error.ts";
import { unreadable } from "../foreign/unreadable.ts";

/** Pages of one list. */
const most = 100;

/** A page of a list, and by what the next one is asked for. */
export interface ListPage<T> {
  readonly all: readonly T[];
  /** Undefined for the last page. */
  readonly next: string | undefined;
}

/**
 * The pages of a list, each by what the one before it names; `undefined` asks for the first.
 *
 * @param who As the subject of a sentence: "Example's API".
 * @throws {@link DualModeError} `INVALID_OUTPUT` where a page leads to one that was there before;
 * `OUTPUT_TOO_LARGE` behind a hundred pages
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
