import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { row } from "../harness/compare.ts";
import type { Bench, Goal, Row, Table } from "../harness/report.ts";
import { compareGets } from "./get.ts";
import { fillKeyring, type Keyring, startKeyring } from "./keyring.ts";
import { compareOpens } from "./open.ts";
import { compareSets } from "./set.ts";
import { filledStore, openAndGet } from "./store.ts";

const sizes = [10, 1_000, 10_000] as const;
/** A keychain writes all that it holds at each set: a thousand names take it a minute. */
const mostInKeyring = 10;

export const bench: Bench = {
  title: "get, open and set of secrets",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "acc-bench-secrets-"));
    try {
      const first = await firstOpen(folder);
      using keyring = await startKeyring(folder);
      const tables: Table[] = [];
      for (const names of sizes) tables.push(...(await measure(folder, names, keyring)));
      return { tables, goals: goalsOf(tables), remarks: remarksOf(first, keyring) };
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    }
  },
};

/** Milliseconds of the first open of a process, its code not yet compiled. */
async function firstOpen(folder: string): Promise<number> {
  const store = await filledStore(join(folder, "first"), 10_000);
  const begun = performance.now();
  await openAndGet(store);
  return performance.now() - begun;
}

async function measure(
  folder: string,
  names: number,
  keyring: Keyring | undefined,
): Promise<Table[]> {
  const store = await filledStore(folder, names);
  const entries = keyring && names <= mostInKeyring ? await fillKeyring(keyring, names) : undefined;
  const gets = await compareGets(store, names, entries);
  const opens = await compareOpens(store, names);
  const sets = await compareSets(store, names, entries);
  const table = (what: string, unit: Table["unit"], rows: readonly Row[]): Table => {
    const reference = rows.find(({ kind }) => kind === "floor")?.subject ?? "";
    return { title: `${what}, ${names.toLocaleString("en")} names`, unit, reference, rows };
  };
  return [table("get", "µs", gets), table("open and get", "ms", opens), table("set", "ms", sets)];
}

function goalsOf(tables: readonly Table[]): Goal[] {
  const figure = (table: Table) => row(table.rows, "@acc/secrets").figure;
  const gets = tables.filter(({ title }) => title.startsWith("get"));
  return gets.map((table) => ({
    says: table.title,
    measured: figure(table),
    atMost: 2,
    unit: "µs",
  }));
}

function remarksOf(first: number, keyring: Keyring | undefined): string[] {
  return [
    `The first open of a process, its code not yet compiled, took ${first.toFixed(1)} ms with 10,000 names.`,
    keyring
      ? "@napi-rs/keyring asks a real gnome-keyring on a session bus of its own, with 10 names: it writes all that it holds at each set, so that a thousand take it a minute."
      : "LEFT OUT: @napi-rs/keyring, for this machine has no dbus-daemon and gnome-keyring-daemon.",
    "A get gives a Secret, not its text, and the store looks every 100 ms for what other processes changed; a Map does neither.",
  ];
}
