import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasRedisServer, startRedis } from "../test/support/redis-server.ts";
import { damageRounds } from "./damage-rounds.ts";
import { invalidations } from "./invalidations.ts";
import { killLoops } from "./kill-loops.ts";
import { openRaces } from "./open-races.ts";
import { type Figures, report } from "./report.ts";
import { sharedFlights } from "./shared-flights.ts";
import type { StoreName } from "./tasks/place.ts";
import { threadRounds } from "./thread-rounds.ts";
import { stores } from "./worker-process.ts";

type Part = (store: StoreName, directory: string) => Promise<Figures>;

const parts: readonly Part[] = [
  killLoops,
  damageRounds,
  openRaces,
  threadRounds,
  (store, directory) => sharedFlights(store, directory, false),
  (store, directory) => sharedFlights(store, directory, true),
];

/** In CI fewer: it runs on each change. */
const count = Number(process.env.ACC_STRESS_INVALIDATIONS ?? 10_000);

let failed = 0;
async function run(part: (directory: string) => Promise<Figures>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "acc-stress-"));
  const started = performance.now();
  try {
    const figures = await part(directory);
    if (!report(figures, (performance.now() - started) / 1000)) failed++;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

for (const store of stores) {
  for (const part of parts) await run((directory) => part(store, directory));
  await run((directory) => invalidations(store, join(directory, "cache"), directory, count));
}
if (hasRedisServer()) {
  const server = await startRedis();
  await run((directory) => invalidations("redis", server.url, directory, count));
  await server.stop();
} else console.log("skipped: redis, for there is no redis-server here");
if (!stores.includes("sqlite")) console.log("skipped: sqlite, for there is no Node 24 here");
console.log(failed === 0 ? "all held" : `${failed} FAILED`);
process.exitCode = failed === 0 ? 0 : 1;
