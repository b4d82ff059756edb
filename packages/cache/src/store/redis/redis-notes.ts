import { crypto } from "../../node-crypto.ts";
import type { Invalidation, InvalidationStore } from "../store.ts";
import type { Send } from "./redis-client.ts";

/** How many notes are kept at least; a process that is further behind forgets everything. */
const KEPT = 10_000;

/** The position in a list that could not be started, on a replica or a full Redis. */
const EMPTY = "0-0";
/** The field of the first entry of a list, so that a position always belongs to a list. */
const HEAD = "list";

type Entry = readonly [id: Buffer, fields: readonly Buffer[]];

/**
 * Notes in a Redis stream. Its ids increase, and the last one that was seen is still in it, unless
 * it is another stream.
 */
export function redisNotes(send: Send, key: string): InvalidationStore {
  const add = ({ author, target }: Invalidation) =>
    send("XADD", key, "MAXLEN", "~", String(KEPT), "*", "author", author, "target", target);
  const begin = async () => {
    const head = [HEAD, crypto().randomUUID()];
    return String((await send("XADD", key, "*", ...head).catch(() => undefined)) ?? EMPTY);
  };
  const end = async () => {
    const [last] = (await send("XREVRANGE", key, "+", "-", "COUNT", "1")) as Entry[];
    return last ? String(last[0]) : await begin();
  };
  return {
    async around(note, change) {
      // If the note fails, the change is still made; the note after it is required.
      await add(note).catch(() => undefined);
      const made = await change();
      await add(note);
      return made;
    },
    async since(position) {
      if (position === undefined) return { position: await end(), notes: [] };
      const count = String(KEPT);
      const found = (await send("XRANGE", key, position, "+", "COUNT", count)) as Entry[];
      const isNew = position === EMPTY;
      const reachesBack = isNew || String(found[0]?.[0]) === position;
      if (!reachesBack || found.length >= KEPT) return { position: await end(), notes: undefined };
      const last = found.at(-1);
      if (!last) return { position: await end(), notes: [] };
      return { position: String(last[0]), notes: notesOf(found.slice(isNew ? 0 : 1)) };
    },
  };
}

/** Parses the notes. An entry that no cache wrote counts as an invalidation of everything. */
function notesOf(entries: readonly Entry[]): readonly Invalidation[] | undefined {
  const texts = entries.map(([, fields]) => fields.map(String));
  const made = texts.filter(([name]) => name !== HEAD);
  const isNote = ([author, , target]: readonly string[]) =>
    author === "author" && target === "target";
  if (!made.every(isNote)) return undefined;
  return made.map(([, author = "", , target = ""]) => ({ author, target }));
}
