import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare, row } from "../harness/compare.ts";
import type { Bench, Goal, Table } from "../harness/report.ts";
import { startVendors } from "../harness/vendors.ts";
import { type NodeBinary, nodes } from "./nodes.ts";
import { bare, type Environment, environment, fillCaches, programs, run } from "./programs.ts";

export const bench: Bench = {
  title: "what a start costs, over bare Node.js",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "acc-bench-start-"));
    try {
      const tables: Table[] = [];
      const goals: Goal[] = [];
      for (const node of nodes()) {
        const table = await measure(node, await filledHome(folder, node), folder);
        tables.push(table);
        goals.push(...goalsOf(table, folder));
      }
      return { tables, goals, remarks };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const remarks = [
  "Each figure is a whole process, from the spawn to its end. The vendor is gone when the clock starts: a call that the cache did not answer would fail.",
];

/** A home whose cache holds the answer; each Node.js has its own, for their stores differ. */
async function filledHome(folder: string, node: NodeBinary): Promise<Environment> {
  using vendors = await startVendors();
  const home = join(folder, node.name.replaceAll(" ", "-"));
  mkdirSync(home);
  const env = environment(home, vendors.url);
  await fillCaches(node, env);
  return env;
}

async function measure(node: NodeBinary, env: Environment, folder: string): Promise<Table> {
  const subjects = [bare, ...programs(folder)].map((program) => ({
    name: program.name,
    kind: program === bare ? ("floor" as const) : ("ours" as const),
    batch: () => run(node, program, env),
  }));
  const options = { reference: bare.name, rounds: 21, count: 1, unitUs: 1000 };
  const rows = await compare(subjects, options);
  return { title: node.name, unit: "ms", reference: bare.name, rows };
}

function goalsOf({ title, rows }: Table, folder: string): Goal[] {
  return programs(folder).map(({ name, atMost }) => {
    const measured = row(rows, name).ratio;
    return { says: `${title}: ${name}`, measured, atMost, unit: "x" };
  });
}
