import { median } from "../harness/compare.ts";
import { inOwnProcess } from "../harness/own-process.ts";
import type { Row, Table } from "../harness/report.ts";
import type { Filled } from "./filled.ts";
import type { Work } from "./processes-task.ts";
import { RAW } from "./stores.ts";

const ROUNDS = 3;
/** Until all processes have loaded their library and opened the store. */
const START_MS = 900;
const RUN_MS = 700;
const task = new URL("processes-task.ts", import.meta.url);

/** Operations a second of so many processes on one store, 80% of them gets. */
export async function shared(
  all: readonly Filled[],
  processes: number,
  entries: number,
  bytes: number,
): Promise<Table> {
  const rates = new Map(all.map((one) => [one, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of all) rates.get(one)?.push(await rate(one, processes, entries, bytes));
  }
  const base = [...rates].find(([{ store }]) => store.name === RAW)?.[1] ?? [];
  const rows = [...rates].map(([{ store }, own]): Row => {
    const ratio = median(own.map((value, round) => value / (base[round] as number)));
    return { subject: store.name, kind: store.kind, figure: median(own), ratio };
  });
  const title = `${processes} process${processes > 1 ? "es" : ""}, 80% gets and 20% sets`;
  return { title, unit: "ops/s", reference: RAW, rows };
}

async function rate(
  { store, directory }: Filled,
  processes: number,
  entries: number,
  bytes: number,
): Promise<number> {
  const from = Date.now() + START_MS;
  const until = from + RUN_MS;
  const counts = await Promise.all(
    Array.from({ length: processes }, (_, seed) => {
      const work = { store: store.name, directory, entries, bytes, from, until, seed };
      return inOwnProcess<Work, number>(task, work);
    }),
  );
  return (counts.reduce((sum, count) => sum + count, 0) * 1000) / RUN_MS;
}
