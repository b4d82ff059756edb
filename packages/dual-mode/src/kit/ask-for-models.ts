import { type AskingOnce, askOnce } from "../foreign/ask-once.ts";
import { unreadable } from "../foreign/unreadable.ts";
import { type ListPage, pagesOf } from "./pages-of.ts";

/** Options for asking a vendor for its list of models. */
export interface AskingForModels extends Pick<AskingOnce<unknown>, "signal" | "failure"> {
  /** The vendor as the subject of a sentence: "Example's API". */
  readonly who: string;
  /** Returns the names on one page; `from` is what the page before gave as `next`. */
  page(from: string | undefined): Promise<ListPage<string>>;
}

/**
 * Returns the names on all pages of a vendor's list of models, in its order. Errors are thrown as
 * by `askOnce`.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT` if the list is empty, or a page comes twice;
 * `OUTPUT_TOO_LARGE` after a hundred pages
 */
export function askForModels({
  who,
  page,
  ...asking
}: AskingForModels): Promise<readonly string[]> {
  const ask = async () => {
    const names: string[] = [];
    for await (const some of pagesOf(who, page)) names.push(...some);
    if (names.length === 0) throw unreadable(who, "an empty list of models");
    return names;
  };
  return askOnce({ ...asking, ask });
}
