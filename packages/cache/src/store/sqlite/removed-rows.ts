import type { Prepare } from "./connection.ts";

/** How many numbers are looked back at; a process that is further behind forgets everything. */
export const KEPT = 20_000;

/**
 * Deletes rows and keeps what other processes have to learn from them: the invalidation that came
 * with a row becomes a note, and the highest number is not used again. Call it in a transaction.
 *
 * @param ids SQL that selects the ids, with one parameter.
 * @returns The number of deleted rows.
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
