import type { Prepare } from "./connection.ts";

/** Numbers that are looked back at: who has not looked for longer forgets everything. */
export const KEPT = 20_000;

/**
 * Deletes rows, but not what they tell others: a row that an invalidation came with gives it to the
 * notes, and the highest number of all is not given again. Belongs into a transaction.
 *
 * @param ids SQL for the ids, with one parameter.
 * @returns How many rows there were.
 */
export function deleteRows(prepare: Prepare, ids: string, parameter: string | number): number {
  prepare(
    `INSERT OR IGNORE INTO notes (seq, author, target)
     SELECT id, ifnull(author, ''), ifnull(target, '') FROM entries
     WHERE id IN (${ids}) AND (id = (SELECT max(id) FROM entries)
       OR (author IS NOT NULL AND id > (SELECT max(id) FROM entries) - ${KEPT}))`,
  ).run(parameter);
  return Number(prepare(`DELETE FROM entries WHERE id IN (${ids})`).run(parameter).changes);
}
