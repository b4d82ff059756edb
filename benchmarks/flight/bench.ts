import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../harness/compare.ts";
import { inOwnProcess } from "../harness/own-process.ts";
import type { Bench, Goal, Table } from "../harness/report.ts";
import { caches, OURS } from "./caches.ts";
import type { Callers } from "./callers-task.ts";
import type { CoalescingCache } from "./coalescing-cache.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

const CALLERS = 1000;
const ROUNDS = 3;
/** Until all processes have loaded and opened what they need. */
const START_MS = 1500;
const task = new URL("callers-task.ts", import.meta.url);

interface Outcome {
  readonly requests: number;
  /** From the upstream's first answer to the last caller's. */
  readonly tailMs: number;
}

export const bench: Bench = {
  title: "1,000 callers with one request; the upstream answers after 300 ms",
  async run() {
    await using upstream = await startUpstream();
    const tables: Table[] = [];
    for (const processes of [1, 4]) {
      const among = processes === 1 ? caches : caches.filter(({ shared }) => shared);
      tables.push(...(await measured(upstream, among, processes)));
    }
    return { tables, goals: goals(tables), remarks };
  },
};

const remarks = [
  "The tail is from the upstream's first answer to the last of all callers, another process's included. A process that waits looks every 5 to 20 ms.",
  "bentocache coalesces within a process; its file driver has no lock between processes. The caches that keep nothing for others take part with one process alone.",
];

async function measured(
  upstream: Upstream,
  among: readonly CoalescingCache[],
  processes: number,
): Promise<Table[]> {
  const outcomes = new Map(among.map((cache) => [cache, [] as Outcome[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const cache of among) outcomes.get(cache)?.push(await once(upstream, cache, processes));
  }
  const where = processes === 1 ? "1 process" : `${processes} processes`;
  const table = (what: string, unit: Table["unit"], of: (one: Outcome) => number): Table => {
    const figures = new Map([...outcomes].map(([cache, all]) => [cache, median(all.map(of))]));
    const base = [...figures].find(([{ name }]) => name === OURS)?.[1] ?? Number.NaN;
    const rows = [...figures].map(([{ name, kind }, figure]) => ({
      subject: name,
      kind,
      figure,
      ratio: figure / base,
    }));
    return { title: `${what}, ${where}`, unit, reference: OURS, rows };
  };
  return [
    table("upstream requests", "requests", ({ requests }) => requests),
    table("the last caller after the answer", "ms", ({ tailMs }) => tailMs),
  ];
}

async function once(
  upstream: Upstream,
  cache: CoalescingCache,
  processes: number,
): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), "acc-bench-"));
  upstream.reset();
  const at = Date.now() + START_MS;
  const order = {
    cache: cache.name,
    directory,
    url: upstream.url,
    callers: CALLERS / processes,
    at,
  };
  try {
    const answered = await Promise.all(
      Array.from({ length: processes }, () => inOwnProcess<Callers, number>(task, order)),
    );
    return { requests: upstream.requests, tailMs: Math.max(...answered) - upstream.answeredAt };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function goals(tables: readonly Table[]): Goal[] {
  const own = (unit: Table["unit"]) =>
    tables
      .filter((table) => table.unit === unit)
      .flatMap(({ rows }) => rows.filter(({ kind }) => kind === "ours"));
  const worst = (unit: Table["unit"]) => Math.max(...own(unit).map(({ figure }) => figure));
  return [
    {
      says: "1 upstream request, every store",
      measured: worst("requests"),
      atMost: 1,
      unit: "requests",
    },
    { says: "tail of at most 50 ms, every store", measured: worst("ms"), atMost: 50, unit: "ms" },
  ];
}
