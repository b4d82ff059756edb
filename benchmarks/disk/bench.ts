import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench, Plot, Settings, Table } from "../harness/report.ts";
import { coldStart } from "./cold-start.ts";
import { type Filled, filled } from "./filled.ts";
import { goals } from "./goals.ts";
import { gets, sets } from "./operations.ts";
import { shared } from "./processes.ts";
import { RAW, stores } from "./stores.ts";

const PROCESSES = [1, 2, 4];
const SMALL = 2000;
const LARGE = 20_000;

export const bench: Bench = {
  title: "answers on disk",
  async run({ full }: Settings) {
    const small = await withFilled(10_000, SMALL, smallTables);
    const large = await withFilled(10_000, LARGE, (all) => operations(all, 10_000, LARGE));
    const more = full
      ? [
          ...(await withFilled(100_000, SMALL, (all) => operations(all, 100_000, SMALL))),
          ...(await withFilled(100_000, LARGE, (all) => operations(all, 100_000, LARGE))),
        ]
      : [];
    const tables = [...small, ...large, ...more];
    return { tables, goals: goals(tables), plots: [plot(tables)], remarks };
  },
};

const remarks = [
  "Every subject gives back the parsed value. Only @acc/cache and cacache check it against a hash; ours covers key, metadata and value. Damage that lmdb and raw sqlite do not see is handed on as an answer.",
  "Sets are awaited one by one and are in the page cache, not on the platter; @keyv/sqlite alone runs with SQLite's default of a rollback journal and a sync each.",
  "SHA-256 runs at 1.8 GB/s here: 2.3 µs for 2 KB, 11 to 14 for 20 KB. That and the raw get are all of our get at 20 KB (see raw node:sqlite + sha256), so 1.6 times the raw get is out of reach there.",
  "Cold start: lmdb opens and gets in the time that ours does; its library takes 16 to 30 ms to load, ours 6 to 11, most of it Node.js's own modules and node:crypto (3 ms), whose SHA-256 every get needs. A twentieth of lmdb's time is less than Node.js needs for node:fs.",
  "Our get of 2 KB is 12 µs, @keyv/sqlite's 60 to 130, most of it the way to another thread and back: at 20 KB, where the hash is a third of ours, it is 4 times as slow and not 8.",
  "lmdb reads without copying from a map of its file: its gets are faster than ours.",
];

async function withFilled(
  entries: number,
  bytes: number,
  measure: (all: readonly Filled[]) => Promise<Table[]>,
): Promise<Table[]> {
  const folder = mkdtempSync(join(tmpdir(), "acc-bench-"));
  try {
    const all = await filled(stores, folder, entries, bytes);
    const tables = await measure(all);
    for (const { opened } of all) await opened.close();
    return tables;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function smallTables(all: readonly Filled[]): Promise<Table[]> {
  const tables = await operations(all, 10_000, SMALL);
  tables.push(...(await coldStart(all)));
  for (const count of PROCESSES) tables.push(await shared(all, count, 10_000, SMALL));
  return tables;
}

async function operations(
  all: readonly Filled[],
  entries: number,
  bytes: number,
): Promise<Table[]> {
  const what = `${bytes / 1000} KB, ${entries.toLocaleString("en")} entries`;
  const rows = { get: await gets(all, entries), set: await sets(all, entries, bytes) };
  return [
    { title: `get, ${what}`, unit: "µs", reference: RAW, rows: rows.get },
    { title: `set, ${what}`, unit: "µs", reference: RAW, rows: rows.set },
  ];
}

function plot(tables: readonly Table[]): Plot {
  const rates = tables.filter(({ unit }) => unit === "ops/s");
  const lines = stores.map(({ name }) => ({
    name,
    points: rates.map(
      ({ rows }, index) =>
        [
          PROCESSES[index] as number,
          rows.find(({ subject }) => subject === name)?.figure ?? 0,
        ] as const,
    ),
  }));
  return {
    file: "disk.svg",
    title: "Answers of 2 KB on disk: 80% gets, 20% sets",
    xTitle: "processes that share the store",
    yTitle: "operations a second",
    lines,
  };
}
