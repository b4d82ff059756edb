import { cids } from "../data/responses.ts";
import { median } from "../harness/compare.ts";
import { inOwnProcess } from "../harness/own-process.ts";
import type { Row, Table } from "../harness/report.ts";
import type { ColdStart, ColdStartTimes } from "./cold-start-task.ts";
import type { Filled } from "./filled.ts";
import { RAW } from "./stores.ts";

const WITH_LIBRARY = "cold start, and loading the library";

const ROUNDS = 7;
const task = new URL("cold-start-task.ts", import.meta.url);

/** A fresh process: how long to its first answer, with its library and without. */
export async function coldStart(all: readonly Filled[]): Promise<[Table, Table]> {
  const [key] = cids(1) as [string];
  const times = new Map(all.map((one) => [one, [] as ColdStartTimes[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of all) {
      const order = { store: one.store.name, directory: one.directory, key };
      times.get(one)?.push(await inOwnProcess<ColdStart, ColdStartTimes>(task, order));
    }
  }
  const table = (title: string, of: (time: ColdStartTimes) => number): Table => ({
    title,
    unit: "ms",
    reference: RAW,
    rows: rows(times, of),
  });
  return [
    table(
      "cold start: a fresh process, from open to the first answer",
      (time) => time.openAndGetMs,
    ),
    table(WITH_LIBRARY, (time) => time.loadMs + time.openAndGetMs),
  ];
}

function rows(
  times: ReadonlyMap<Filled, readonly ColdStartTimes[]>,
  of: (time: ColdStartTimes) => number,
): Row[] {
  const all = [...times].map(([{ store }, own]) => ({ store, own: own.map(of) }));
  const base = all.find(({ store }) => store.name === RAW)?.own ?? [];
  return all.map(({ store: { name, kind }, own }) => ({
    subject: name,
    kind,
    figure: median(own),
    ratio: median(own.map((time, round) => time / (base[round] as number))),
  }));
}
