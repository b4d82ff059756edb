import { join } from "node:path";
import type { Figures } from "./report.ts";
import type { InvalidateResult } from "./tasks/invalidate.ts";
import type { StoreName } from "./tasks/place.ts";
import { BOUND, type WatchResult } from "./tasks/watch.ts";
import { WorkerProcess } from "./worker-process.ts";

const OTHERS = 2;

/** One process deletes, clears and replaces what it and two others read and compute. */
export async function invalidations(
  store: StoreName,
  directory: string,
  truthFolder: string,
  count: number,
): Promise<Figures> {
  const truth = join(truthFolder, "truth");
  const workers = Array.from({ length: OTHERS + 1 }, () => new WorkerProcess());
  await Promise.all(workers.map(({ ready }) => ready));
  const [main, ...others] = workers as [WorkerProcess, ...WorkerProcess[]];
  // As long as it takes at some 500 a second.
  const until = Date.now() + count * 2 + 1000;
  const sweepAt = until + 2 * BOUND;
  const place = { store, directory, truth };
  const watching = others.map((worker) =>
    worker.run<WatchResult>({ task: "watch", ...place, until, sweepAt }),
  );
  const made = await main.run<InvalidateResult>({ task: "invalidate", ...place, count, until });
  const seen = await Promise.all(watching);
  await Promise.all(workers.map((worker) => worker.kill()));
  const total = (name: keyof WatchResult) => seen.reduce((sum, each) => sum + each[name], 0);
  return {
    title: `memory over ${store}: ${count} deletes, clears and sets against three processes`,
    shown: {
      "invalidations made": made.made,
      "reads of the other processes": total("reads"),
      "hits among them": total("hits"),
    },
    mustBeZero: {
      [`stale after ${BOUND} ms in other processes`]: total("stale"),
      "of these, stale for good": total("left"),
      "stale in the process itself": made.stale,
      "invalidations that were not made": count - made.made,
    },
  };
}
