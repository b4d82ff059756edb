import { cids, response, shuffled } from "../data/responses.ts";
import { compare, type Subject } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Row } from "../harness/report.ts";
import type { Filled } from "./filled.ts";
import { RAW } from "./stores.ts";

const SETS = 48;
const SET_ROUNDS = 15;

/** Gets of what is there, in an order that no read-ahead foresees. */
export function gets(all: readonly Filled[], entries: number): Promise<Row[]> {
  const keys = shuffled(cids(entries));
  const subjects = all.map(({ store, opened }): Subject => {
    let at = 0;
    const batch = repeated(async () => {
      at = (at + 1) % keys.length;
      if (!(await opened.get(keys[at] as string))) throw new Error(`${store.name} lost an entry`);
    });
    return { name: store.name, kind: store.kind, batch };
  });
  return compare(subjects, { reference: RAW, rounds: 21, batchMs: 30 });
}

/** Sets of new entries, one after the other. */
export function sets(all: readonly Filled[], entries: number, bytes: number): Promise<Row[]> {
  const keys = cids(SETS * (SET_ROUNDS + 1), entries);
  const values = keys.map((_, index) => response(index, bytes));
  const subjects = all.map(({ store, opened }): Subject => {
    let at = 0;
    const batch = repeated(async () => {
      await opened.set(keys[at] as string, values[at] as (typeof values)[number]);
      at++;
    });
    return { name: store.name, kind: store.kind, batch };
  });
  return compare(subjects, { reference: RAW, rounds: SET_ROUNDS, count: SETS });
}
