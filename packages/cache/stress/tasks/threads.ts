import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { openCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";

const THREADS = 4;
const KEYS = 400;

export interface ThreadsResult {
  readonly errors: number;
  readonly lost: number;
  readonly stored: number;
}

/** Threads of one process store the same keys and others; some are terminated in the middle of it. */
export async function threads(place: Place): Promise<ThreadsResult> {
  const script = new URL("./thread.ts", import.meta.url);
  let errors = 0;
  const stored = new Set<number>();
  const all = Array.from({ length: THREADS }, (_, thread) => {
    const worker = new Worker(script, { workerData: { ...place, thread, keys: KEYS } });
    worker.on("message", ({ error, index }) => {
      if (error) errors++;
      else stored.add(index);
    });
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    return { worker, ended };
  });
  await sleep(60);
  // Terminated wherever it is: with a file half written, with a lease that it holds.
  await all[0]?.worker.terminate();
  await Promise.all(all.map(({ ended }) => ended));
  const cache = openCache({ store: [storeOf(place)] });
  let lost = 0;
  for (const index of stored) if (!(await cache.get(cache.key({ index })))) lost++;
  await cache.close();
  return { errors, lost, stored: stored.size };
}
