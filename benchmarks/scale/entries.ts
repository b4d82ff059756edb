import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cids, response } from "../data/responses.ts";
import { compare, type Subject } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Table } from "../harness/report.ts";
import { BYTES, fill, type OpenStore, type ScaledStore, stores } from "./stores.ts";

const SAMPLE = 20_000;
const SETS = 64;
const SET_ROUNDS = 15;

interface Filled {
  readonly entries: number;
  readonly store: OpenStore;
}

/** What a get and a set cost with so many entries; the stores of all sizes take turns. */
export async function byEntries(sizes: readonly number[]): Promise<Table[]> {
  const tables: Table[] = [];
  for (const store of stores) {
    const folder = mkdtempSync(join(tmpdir(), "acc-bench-"));
    const all: Filled[] = [];
    try {
      for (const entries of sizes) {
        const opened = store.open(join(folder, `${entries}`));
        await fill(opened, entries);
        all.push({ entries, store: opened });
      }
      tables.push(await table("get", store, all, gets), await table("set", store, all, sets));
    } finally {
      for (const { store: opened } of all) await opened.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return tables;
}

export function amountOf(entries: number): string {
  return `${entries.toLocaleString("en")} entries`;
}

async function table(
  what: string,
  { name, kind }: ScaledStore,
  all: readonly Filled[],
  batchOf: (one: Filled) => Subject["batch"],
): Promise<Table> {
  const subjects = all.map((one): Subject => {
    return { name: amountOf(one.entries), kind, batch: batchOf(one) };
  });
  const reference = amountOf(10_000);
  const count = what === "set" ? { count: SETS } : {};
  const rows = await compare(subjects, { reference, rounds: SET_ROUNDS, ...count });
  return { title: `${what}, ${name}`, unit: "µs", reference, rows };
}

/** Spread over all that is there. */
function gets({ entries, store }: Filled): Subject["batch"] {
  const step = 7919;
  const keys = Array.from({ length: Math.min(SAMPLE, entries) }, (_, index) => {
    return cids(1, (index * step) % entries)[0] as string;
  });
  let at = 0;
  return repeated(async () => {
    at = (at + 1) % keys.length;
    const found = store.get(keys[at] as string);
    if (!(found instanceof Promise ? await found : found)) throw new Error("an entry was lost");
  });
}

/** New entries: 1% more at the most. */
function sets({ entries, store }: Filled): Subject["batch"] {
  const keys = cids(SETS * SET_ROUNDS, entries);
  const values = keys.map((_, index) => response(index, BYTES));
  let at = 0;
  return repeated(async () => {
    await store.set(keys[at] as string, values[at] as (typeof values)[number]);
    at++;
  });
}
