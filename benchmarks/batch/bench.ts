import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "../harness/compare.ts";
import { inOwnProcess } from "../harness/own-process.ts";
import type { Bench, Row } from "../harness/report.ts";
import type { Order, Ran } from "./task.ts";

const many = 10_000;
const rounds = 3;
const ours = "@acc/batch";
const peer = "p-limit and groq-sdk";

export const bench: Bench = {
  title: "files of lines",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "acc-bench-batch-"));
    const child = fork(fileURLToPath(new URL("vendor-process.ts", import.meta.url)), {
      execArgv: [],
    });
    try {
      const [url] = (await once(child, "message")) as [string];
      const asked = await throughVendor(folder, url);
      const cached = await throughCache(folder, url);
      const peaks = await memory(folder, url);
      const ratio = asked[0]?.ratio ?? Number.NaN;
      return {
        tables: [
          {
            title: `${many} lines, 50 ms each, 64 at once`,
            unit: "ms",
            reference: peer,
            rows: asked,
          },
          { title: `${many} lines, all cached`, unit: "ops/s", reference: ours, rows: cached },
          {
            title: "memory at its peak, 50 ms each, 64 at once",
            unit: "MB",
            reference: "10,000 lines",
            rows: peaks,
          },
        ],
        goals: [
          {
            says: "lines of a 50 ms vendor, to the loop's time",
            measured: ratio,
            atMost: 1.15,
            unit: "x",
          },
          {
            says: "cached lines",
            measured: cached[0]?.figure ?? Number.NaN,
            atLeast: 5_000,
            unit: "ops/s",
          },
          {
            says: "memory of 100,000 lines, to 10,000's",
            ...{ measured: peaks[1]?.ratio ?? Number.NaN, atMost: 1.2, unit: "x" },
          },
        ],
        remarks,
      };
    } finally {
      child.disconnect();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const remarks = [
  "Each run is a process of its own, its loading and the disk's waits counted; the vendor is another one. The loop is what people write: all lines in memory, and each answer appended when it comes, of which nobody knows whether the disk has it.",
  "Cached lines are read from SQLite by a process that has just begun. Memory is the most that the whole process had, its client and V8 with it.",
];

let runs = 0;

function go(folder: string, order: Pick<Order, "way" | "url" | "cache">, lines: number) {
  runs += 1;
  const input = join(folder, `in-${runs}.jsonl`);
  const texts = Array.from({ length: lines }, (_, index) => `"Which number is ${index}?"\n`);
  writeFileSync(input, texts.join(""));
  const output = join(folder, `out-${runs}.jsonl`);
  return inOwnProcess<Order, Ran>(new URL("task.ts", import.meta.url), { ...order, input, output });
}

async function throughVendor(folder: string, url: string): Promise<Row[]> {
  const own: Ran[] = [];
  const theirs: Ran[] = [];
  for (let round = 0; round < rounds; round++) {
    own.push(await go(folder, { way: "ours", url }, many));
    theirs.push(await go(folder, { way: "bare", url }, many));
  }
  const ratios = own.map(({ ms }, round) => ms / (theirs[round] as Ran).ms);
  const figure = (ran: readonly Ran[]) => median(ran.map(({ ms }) => ms));
  return [
    { subject: ours, kind: "ours", figure: figure(own), ratio: median(ratios) },
    { subject: peer, kind: "peer", figure: figure(theirs), ratio: 1 },
  ];
}

async function throughCache(folder: string, url: string): Promise<Row[]> {
  const cache = join(folder, "cache");
  await go(folder, { way: "ours", url, cache }, many);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { ms } = await go(folder, { way: "ours", url, cache }, many);
    rates.push((many * 1_000) / ms);
  }
  return [{ subject: ours, kind: "ours", figure: median(rates), ratio: 1 }];
}

/** In turns: how far V8 lets its young objects grow differs from run to run. */
async function memory(folder: string, url: string): Promise<Row[]> {
  const peaks = { few: [] as number[], more: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    peaks.few.push((await go(folder, { way: "ours", url }, many)).peak);
    peaks.more.push((await go(folder, { way: "ours", url }, 10 * many)).peak);
  }
  const few = median(peaks.few);
  const row = (subject: string, peak: number): Row => {
    return { subject, kind: "ours", figure: peak / 1e6, ratio: peak / few };
  };
  return [row("10,000 lines", few), row("100,000 lines", median(peaks.more))];
}
