import type { Invalidation, InvalidationStore } from "../store.ts";
import type { Send } from "./redis-client.ts";

/** Notes that are kept at least; who has not looked for longer forgets everything. */
const KEPT = 10_000;

/** Where a list ends that has nothing in it. */
const EMPTY = "0-0";

type Entry = readonly [id: Buffer, fields: readonly Buffer[]];

/** A stream. Its ids rise, and the last one that was seen is in it, or it is not the same stream. */
export function redisNotes(send: Send, key: string): InvalidationStore {
  const add = ({ author, target }: Invalidation) =>
    send("XADD", key, "MAXLEN", "~", String(KEPT), "*", "author", author, "target", target);
  const end = async () => {
    const [last] = (await send("XREVRANGE", key, "+", "-", "COUNT", "1")) as Entry[];
    return last ? String(last[0]) : EMPTY;
  };
  return {
    async around(note, change) {
      // Where it cannot be noted, the change shall be made even so; the note after it tells.
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
      return {
        position: last ? String(last[0]) : EMPTY,
        notes: found.slice(isNew ? 0 : 1).map(noteOf),
      };
    },
  };
}

function noteOf([, fields]: Entry): Invalidation {
  return { author: String(fields[1]), target: String(fields[3]) };
}
