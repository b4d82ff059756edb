import { checkUnchanged } from "./check-unchanged.ts";
import type { InputRow } from "./input-row.ts";
import { readRows } from "./read-rows.ts";

/** Rows that are held until the file is checked. */
const atOnce = 64;

/**
 * Reads the rows of a file, and yields each only after checking that nobody has written to the file
 * since it was surveyed, so that an index still means the same line.
 * @throws BatchError `INPUT_CHANGED` before the first row that may have changed
 */
export async function* unchangedRows(path: string, stamp: string): AsyncGenerator<InputRow> {
  const { rows } = await readRows(path);
  let held: InputRow[] = [];
  for await (const row of rows) {
    held.push(row);
    if (held.length < atOnce) continue;
    await checkUnchanged(path, stamp);
    yield* held;
    held = [];
  }
  await checkUnchanged(path, stamp);
  yield* held;
}
