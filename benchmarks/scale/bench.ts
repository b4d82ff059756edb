import type { Bench, Goal, Settings, Table } from "../harness/report.ts";
import { diskBounds, memoryBounds } from "./bounds.ts";
import { amountOf, byEntries } from "./entries.ts";
import { entriesPlot, promptsPlot } from "./plots.ts";
import { byPrompt, promptSizes } from "./prompts.ts";

export const bench: Bench = {
  title: "more entries, longer prompts, and bounds",
  async run({ full }: Settings) {
    const sizes = full ? [1000, 10_000, 100_000, 1_000_000] : [1000, 10_000];
    const entries = await byEntries(sizes);
    const prompts = await byPrompt();
    const memory = await memoryBounds();
    const disk = await diskBounds();
    return {
      tables: [...entries, ...prompts, ...memory, disk],
      goals: goals(entries, sizes.at(-1) as number, memory, disk),
      plots: [entriesPlot(entries, sizes), promptsPlot(prompts, promptSizes)],
      remarks,
    };
  },
};

const remarks = [
  "Answers of 500 bytes, so that a million fit into memory. A get in memory waits for the processor's caches: what no longer fits into them costs lru-cache the same.",
  "Memory in use is what the collector finds after four times the bound was written; ours counts two bytes for a character, lru-cache what its sizeCalculation says.",
  "Resident memory is V8's: it lets what was evicted lie until the next collection, keeps the pages, and has 16 MiB of young generation (with --max-semi-space-size=1 the growth at a bound of 16 MiB is half). lru-cache grows as much.",
];

function goals(
  entries: readonly Table[],
  most: number,
  memory: readonly Table[],
  disk: Table,
): Goal[] {
  const growth = ({ rows }: Table) => {
    return rows.find(({ subject }) => subject === amountOf(most))?.ratio ?? Number.NaN;
  };
  const own = entries.filter(
    ({ title, rows }) => rows.some(({ kind }) => kind === "ours") && !title.includes("memory"),
  );
  const bounded = (tables: readonly Table[]) =>
    Math.max(
      ...tables.flatMap(({ rows }) =>
        rows.filter(({ kind }) => kind === "ours").map(({ ratio }) => ratio),
      ),
    );
  return [
    ...(most > 10_000 ? own.map((table) => flat(table.title, growth(table), most)) : []),
    {
      says: "memory in use within its setting",
      measured: bounded(memory.filter(({ title }) => title.startsWith("memory in use"))),
      atMost: 1,
      unit: "x",
    },
    {
      says: "files within their setting, 1/32 between two evictions, and the 8 MiB of sqlite's log",
      measured: bounded([disk]),
      atMost: 1 + 1 / 32 + 8 / 32,
      unit: "x",
    },
  ];
}

function flat(what: string, measured: number, most: number): Goal {
  const says = `${what}: flat within 1.5 times from 10,000 to ${amountOf(most)}`;
  return { says, measured, atMost: 1.5, unit: "x" };
}
