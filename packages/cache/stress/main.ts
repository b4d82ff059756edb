import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { damageRounds } from "./damage-rounds.ts";
import { killLoops } from "./kill-loops.ts";
import { openRaces } from "./open-races.ts";
import { type Figures, report } from "./report.ts";
import { sharedFlights } from "./shared-flights.ts";
import type { StoreName } from "./tasks/place.ts";
import { stores } from "./worker-process.ts";

type Part = (store: StoreName, directory: string) => Promise<Figures>;

const parts: readonly Part[] = [
  killLoops,
  damageRounds,
  openRaces,
  (store, directory) => sharedFlights(store, directory, false),
  (store, directory) => sharedFlights(store, directory, true),
];

let failed = 0;
for (const store of stores) {
  for (const part of parts) {
    const directory = mkdtempSync(join(tmpdir(), "acc-stress-"));
    const started = performance.now();
    try {
      const figures = await part(store, directory);
      if (!report(figures, (performance.now() - started) / 1000)) failed++;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
}
if (!stores.includes("sqlite")) console.log("skipped: sqlite, for there is no Node 24 here");
console.log(failed === 0 ? "all held" : `${failed} FAILED`);
process.exitCode = failed === 0 ? 0 : 1;
