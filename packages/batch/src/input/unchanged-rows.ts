import { checkUnchanged } from "./check-unchanged.ts";
import type { InputRow } from "./input-row.ts";
import { readRows } from "./read-rows.ts";

/** Rows that are held until the file is looked at. */
const atOnce = 64;

/**
 * The rows of a file, each given only once it is seen that nobody has written to the file since it was
 * surveyed: an index then means the line that it meant there.
 * @throws BatchError `INPUT_CHANGED` before the first row that may be another one
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
