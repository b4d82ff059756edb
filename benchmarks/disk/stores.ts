import type { DiskStore } from "./disk-store.ts";
import { cacache } from "./stores/cacache.ts";
import { keyvSqlite } from "./stores/keyv-sqlite.ts";
import { lmdb } from "./stores/lmdb.ts";
import { files, sqlite } from "./stores/ours.ts";
import { checkedSqlite, rawSqlite } from "./stores/raw-sqlite.ts";

export const stores: readonly DiskStore[] = [
  sqlite,
  files,
  rawSqlite,
  checkedSqlite,
  lmdb,
  cacache,
  keyvSqlite,
];

export const SQLITE: string = sqlite.name;
export const FILES: string = files.name;
export const RAW: string = rawSqlite.name;

export function storeNamed(name: string): DiskStore {
  const found = stores.find((store) => store.name === name);
  if (!found) throw new Error(`no store is named ${name}`);
  return found;
}
