import type { Broken } from "./break-a-store.ts";
import { brokenEntries } from "./broken-entries.ts";
import { brokenLeases } from "./broken-leases.ts";
import { brokenNotes } from "./broken-notes.ts";
import { brokenProcesses } from "./broken-processes.ts";
import { brokenRecords } from "./broken-records.ts";

export const brokenStores: readonly Broken[] = [
  ...brokenRecords,
  ...brokenEntries,
  ...brokenLeases,
  ...brokenNotes,
  ...brokenProcesses,
];
