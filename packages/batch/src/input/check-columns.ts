import { BatchError } from "../batch-error.ts";

/** Separators of other CSV dialects: Excel writes `;` where numbers have a decimal comma. */
const otherSeparators = /[;\t|]/;

/** The fix for such a file. */
export const withCommas = "Save it with commas between its cells; nothing was asked.";

/** Whether the cells of a header are separated by something other than commas. */
export function hasOtherSeparators(header: string): boolean {
  return otherSeparators.test(header) && !header.includes(",");
}

/**
 * Checks that requests can be made of the rows without a `toRequest` function.
 * @throws {@link BatchError} `INVALID_INPUT` if no column is named `prompt`
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
