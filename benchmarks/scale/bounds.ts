import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesStore, openCache, sqliteStore } from "@acc/cache";
import { cids, response } from "../data/responses.ts";
import { inOwnProcess } from "../harness/own-process.ts";
import type { Row, Table } from "../harness/report.ts";
import type { Filling, Growth } from "./memory-task.ts";

const OURS = "@acc/cache";
const SETTING = "the setting";
const MIB = 1024 * 1024;
const SETTINGS = [16, 64, 256];
const DISK_SETTING = 32;
const BYTES = 20_000;
const task = new URL("memory-task.ts", import.meta.url);

/** What a process grows by whose cache was given four times what it may keep: in use, and in all. */
export async function memoryBounds(): Promise<Table[]> {
  const tables: Table[] = [];
  for (const setting of SETTINGS) {
    const grown = new Map<string, Growth>();
    for (const cache of [OURS, "lru-cache"] as const) {
      const filling: Filling = { cache, maxBytes: setting * MIB };
      grown.set(cache, await inOwnProcess<Filling, Growth>(task, filling));
    }
    tables.push(
      bounded("memory in use", setting, grown, ({ held }) => held),
      bounded("resident memory", setting, grown, ({ resident }) => resident),
    );
  }
  return tables;
}

function bounded(
  what: string,
  setting: number,
  grown: ReadonlyMap<string, Growth>,
  of: (growth: Growth) => number,
): Table {
  const rows = [...grown].map(([subject, growth]): Row => {
    const kind = subject === OURS ? "ours" : "peer";
    return { subject, kind, figure: of(growth), ratio: of(growth) / setting };
  });
  const floor: Row = { subject: SETTING, kind: "floor", figure: setting, ratio: 1 };
  return {
    title: `${what}, bound of ${setting} MiB`,
    unit: "MB",
    reference: SETTING,
    rows: [floor, ...rows],
  };
}

/** The same of the disk stores, with all of their files. */
export async function diskBounds(): Promise<Table> {
  const rows: Row[] = [{ subject: SETTING, kind: "floor", figure: DISK_SETTING, ratio: 1 }];
  const maxBytes = DISK_SETTING * MIB;
  for (const make of [sqliteStore, filesStore]) {
    const directory = mkdtempSync(join(tmpdir(), "acc-bench-"));
    const store = make({ directory, maxBytes });
    const cache = openCache({ store, memoryBytes: 0 });
    const keys = cids(Math.ceil((maxBytes * 4) / BYTES));
    for (const [index, key] of keys.entries()) await cache.set(key, response(index, BYTES));
    const figure = sizeOf(directory) / MIB;
    rows.push({
      subject: `@acc/cache ${store.name}`,
      kind: "ours",
      figure,
      ratio: figure / DISK_SETTING,
    });
    await cache.close();
    rmSync(directory, { recursive: true, force: true });
  }
  const title = `files on disk, bound of ${DISK_SETTING} MiB, the log of sqlite included`;
  return { title, unit: "MB", reference: SETTING, rows };
}

function sizeOf(directory: string): number {
  const found = readdirSync(directory, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
