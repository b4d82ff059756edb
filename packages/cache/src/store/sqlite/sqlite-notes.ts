import { isPromise, whenReady } from "../../maybe-promise.ts";
import type { Invalidation, InvalidationStore } from "../store.ts";
import type { Connection, Prepare } from "./connection.ts";
import { isFull } from "./sqlite-error.ts";

/** Notes that are kept; who has not looked for longer forgets everything. */
const KEPT = 20_000;
const TRIM_EVERY = 1024;

/** Rows in the order of their numbers. Row 0 says which list it is: a new database begins another one. */
export function sqliteNotes(connection: Connection): InvalidationStore {
  return {
    around(note, change) {
      const addAfter = <T>(made: T): T => {
        connection.transaction((prepare) => add(prepare, note));
        return made;
      };
      let made: ReturnType<typeof change> | undefined;
      try {
        made = connection.transaction((prepare) => {
          add(prepare, note);
          made = change();
          return made;
        });
        return isPromise(made) ? made.then(addAfter) : made;
      } catch (error) {
        if (!isFull(error)) throw error;
        // A full disk may have room once something is gone. What takes its time has begun already.
        return whenReady(isPromise(made) ? made : change(), addAfter);
      }
    },
    since: (position) =>
      connection.useThere((_, prepare) => {
        const [list = "", seq = ""] = position?.split("/") ?? [];
        const notes = position === undefined ? [] : notesAfter(prepare, list, Number(seq));
        if (notes === undefined || notes.length === 0) {
          const end = endOf(prepare);
          // A list that has become shorter is another one.
          const same = position === undefined || end === position;
          return { position: end, notes: same ? [] : undefined };
        }
        return { position: `${list}/${notes.at(-1)?.seq}`, notes };
      }),
  };
}

function add(prepare: Prepare, { author, target }: Invalidation): void {
  const row = prepare("INSERT INTO notes (author, target) VALUES (?, ?) RETURNING seq");
  const seq = Number(row.get(author, target)?.seq);
  if (seq % TRIM_EVERY !== 0) return;
  prepare("DELETE FROM notes WHERE seq > 0 AND seq <= ?").run(seq - KEPT);
}

function endOf(prepare: Prepare): string {
  const row = prepare(
    "SELECT (SELECT author FROM notes WHERE seq = 0) AS list, max(seq) AS seq FROM notes",
  ).get();
  return `${row?.list}/${row?.seq}`;
}

/** Undefined where it is another list, or the first of them are no longer kept. */
function notesAfter(
  prepare: Prepare,
  list: string,
  seq: number,
): (Invalidation & { readonly seq: number })[] | undefined {
  const head = prepare("SELECT author FROM notes WHERE seq = 0").get();
  if (head?.author !== list) return undefined;
  const rows = prepare("SELECT seq, author, target FROM notes WHERE seq > ? ORDER BY seq").all(seq);
  const notes = rows.map((row) => ({
    seq: Number(row.seq),
    author: String(row.author),
    target: String(row.target),
  }));
  return (notes[0]?.seq ?? seq + 1) === seq + 1 ? notes : undefined;
}
