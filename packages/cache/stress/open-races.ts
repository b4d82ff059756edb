import { join } from "node:path";
import type { Figures } from "./report.ts";
import type { StoreName } from "./tasks/place.ts";
import { WorkerProcess } from "./worker-process.ts";

const PROCESSES = 8;
const TIMES = 100;

/** Processes that open a new cache at the same moment do not stand in each other's way. */
export async function openRaces(store: StoreName, directory: string): Promise<Figures> {
  const workers = Array.from({ length: PROCESSES }, () => new WorkerProcess());
  const errors: string[] = [];
  for (let time = 0; time < TIMES; time++) {
    const at = Date.now() + 25;
    const order = { task: "openNew", store, directory: join(directory, String(time)), at };
    const found = await Promise.all(workers.map((worker) => worker.run<string[]>(order)));
    errors.push(...found.flat());
  }
  for (const worker of workers) await worker.kill();
  return {
    title: `${store}: ${PROCESSES} processes open a new cache at the same moment, ${TIMES} times`,
    shown: errors.length > 0 ? { "first error": errors[0] as string } : {},
    mustBeZero: { errors: errors.length },
  };
}
