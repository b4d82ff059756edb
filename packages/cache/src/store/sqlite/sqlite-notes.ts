import { isPromise, whenReady } from "../../maybe-promise.ts";
import type { Invalidation, InvalidationStore } from "../store.ts";
import type { Connection, Prepare } from "./connection.ts";
import { KEPT } from "./removed-rows.ts";
import { isFull } from "./sqlite-error.ts";

const TRIM_EVERY = 1024;

/** Entries and notes are numbered together: what came after a number has a higher one. */
export const LAST_NUMBER =
  "max((SELECT ifnull(max(id), 0) FROM entries), (SELECT max(seq) FROM notes))";

const SELECT_END = `SELECT author AS list, ${LAST_NUMBER} AS last FROM notes WHERE seq = 0`;
const INSERT_NOTE = `INSERT INTO notes (seq, author, target) VALUES (${LAST_NUMBER} + 1, ?, ?)`;

/** A note on its way: a change of the store takes it along, in one moment with what it changes. */
export class PendingNote {
  #note: Invalidation | undefined;

  /** Gives what `change` gave, and whether it left the note. */
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

/** Rows in the order of their numbers. Row 0 says which list it is: a new database begins another one. */
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
        // What takes its time has begun already; a full disk may have room once something is gone.
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
        // A list that has become shorter is another one.
        if (known !== list || from > last || from < last - KEPT) {
          return { position: end, notes: undefined };
        }
        return { position: end, notes: notesAfter(prepare, from) };
      }),
  };
}

export function addNote(prepare: Prepare, { author, target }: Invalidation): void {
  prepare(INSERT_NOTE).run(author, target);
  // By chance, for of the numbers that are shared with the entries no note may be a round one.
  if (Math.random() * TRIM_EVERY >= 1) return;
  prepare(`DELETE FROM notes WHERE seq > 0 AND seq <= ${LAST_NUMBER} - ${KEPT}`).run();
}

function endOf(prepare: Prepare): { readonly list: string; readonly last: number } {
  const row = prepare(SELECT_END).get();
  return { list: String(row?.list), last: Number(row?.last) };
}

/** A number without an author says only that it is taken. */
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
