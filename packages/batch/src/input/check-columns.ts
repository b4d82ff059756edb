import { BatchError } from "../batch-error.ts";

/** What cells are told apart by elsewhere: Excel's CSV has `;` where numbers have a comma. */
const otherSeparators = /[;\t|]/;

/** What to do about it. */
export const withCommas = "Save it with commas between its cells; nothing was asked.";

/** Whether the cells of a header are told apart by something else than commas. */
export function hasOtherSeparators(header: string): boolean {
  return otherSeparators.test(header) && !header.includes(",");
}

/**
 * Whether rows can be asked without a function that makes requests of them.
 * @throws {@link BatchError} `INVALID_INPUT` where no column is a prompt: no row could be asked
 */
export function checkColumns(path: string, columns: readonly string[]): void {
  if (columns.includes("prompt")) return;
  const named = columns.map((name) => JSON.stringify(name)).join(", ");
  const isOther = columns.length === 1 && hasOtherSeparators(columns[0] ?? "");
  throw new BatchError(
    "INVALID_INPUT",
    `No column of ${path} is named prompt; there are: ${named}.`,
    isOther
      ? withCommas
      : "Name a column prompt, or make requests of its rows by toRequest; nothing was asked.",
  );
}
