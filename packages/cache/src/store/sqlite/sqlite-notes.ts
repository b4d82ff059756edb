import { isPromise, whenReady } from "../../maybe-promise.ts";
import type { Invalidation, InvalidationStore } from "../store.ts";
import type { Connection, Prepare } from "./connection.ts";
import { KEPT } from "./removed-rows.ts";
import { isFull } from "./sqlite-error.ts";

const TRIM_EVERY = 1024;

/** Entries and notes share one numbering: what is added later has a higher number. */
export const LAST_NUMBER =
  "max((SELECT ifnull(max(id), 0) FROM entries), (SELECT max(seq) FROM notes))";

const SELECT_END = `SELECT author AS list, ${LAST_NUMBER} AS last FROM notes WHERE seq = 0`;
const INSERT_NOTE = `INSERT INTO notes (seq, author, target) VALUES (${LAST_NUMBER} + 1, ?, ?)`;

/**
 * A note that is to be written in the same transaction as the change of the store that it is about.
 */
export class PendingNote {
  #note: Invalidation | undefined;

  /** Returns the result of `change`, and whether the note is still to be written. */
  during<T>(note: Invalidation, change: () => T): { readonly made: T; readonly isLeft: boolean } {
    this.#note = note;
    try {
      const made = change();
      return { made, isLeft: this.#note !== undefined };
    } finally {
      this.#note = undefined;
    }
  }

  get note(): Invalidation | undefined {
    return this.#note;
  }

  taken(): void {
    this.#note = undefined;
  }
}

/**
 * Keeps notes as rows in the order of their numbers. Row 0 identifies the list: a new database
 * starts another one.
 */
export function sqliteNotes(connection: Connection, pending: PendingNote): InvalidationStore {
  return {
    around(note, change) {
      const addNow = <T>(made: T): T => {
        connection.transaction((prepare) => addNote(prepare, note));
        return made;
      };
      let made: ReturnType<typeof change> | undefined;
      try {
        const done = pending.during(note, change);
        made = done.made;
        if (done.isLeft) addNow(made);
        return isPromise(made) ? made.then(addNow) : made;
      } catch (error) {
        // An asynchronous change has already started; on a full disk there may be room after the
        // change.
        if (isPromise(made)) return made.then(isFull(error) ? addNow : () => rethrow(error));
        if (!isFull(error)) throw error;
        return whenReady(change(), addNow);
      }
    },
    since: (position) =>
      connection.useThere((_, prepare) => {
        const { list, last } = endOf(prepare);
        const end = `${list}/${last}`;
        if (position === undefined || position === end) return { position: end, notes: [] };
        const [known, number] = position.split("/");
        const from = Number(number);
        // A list that has become shorter is another list.
        if (known !== list || from > last || from < last - KEPT) {
          return { position: end, notes: undefined };
        }
        return { position: end, notes: notesAfter(prepare, from) };
      }),
  };
}

export function addNote(prepare: Prepare, { author, target }: Invalidation): void {
  prepare(INSERT_NOTE).run(author, target);
  // Trims at random, not at round numbers: entries share them, so no note may ever get a round one.
  if (Math.random() * TRIM_EVERY >= 1) return;
  prepare(`DELETE FROM notes WHERE seq > 0 AND seq <= ${LAST_NUMBER} - ${KEPT}`).run();
}

function endOf(prepare: Prepare): { readonly list: string; readonly last: number } {
  const row = prepare(SELECT_END).get();
  return { list: String(row?.list), last: Number(row?.last) };
}

/** A row without an author only shows that its number is taken. */
function notesAfter(prepare: Prepare, from: number): readonly Invalidation[] {
  const rows = prepare(
    `SELECT seq, author, target FROM notes WHERE seq > ?1 AND author <> '' UNION ALL
     SELECT id, author, target FROM entries WHERE id > ?1 AND author IS NOT NULL ORDER BY 1`,
  ).all(from);
  return rows.map(({ author, target }) => ({ author: String(author), target: String(target) }));
}

function rethrow(error: unknown): never {
  throw error;
}
