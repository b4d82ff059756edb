import { type AskingOnce, askOnce } from "../foreign/ask-once.ts";
import { unreadable } from "../foreign/unreadable.ts";
import { type ListPage, pagesOf } from "./pages-of.ts";

/** How a mode asks for its vendor's list of models. */
export interface AskingForModels extends Pick<AskingOnce<unknown>, "signal" | "failure"> {
  /** As the subject of a sentence: "Example's API". */
  readonly who: string;
  /** The names on one page; `from` is what the page before named as the next. */
  page(from: string | undefined): Promise<ListPage<string>>;
}

/**
 * The names on all pages of a vendor's list of models, in its order. What goes wrong is thrown as
 * `askOnce` does.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT` where the list is empty, or a page comes twice;
 * `OUTPUT_TOO_LARGE` behind a hundred pages
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
