import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Figures } from "./report.ts";
import type { StoreName } from "./tasks/place.ts";
import type { ThreadsResult } from "./tasks/threads.ts";
import { WorkerProcess } from "./worker-process.ts";

const ROUNDS = 5;

/** Threads share a process's number: what is named or owned by it alone would collide. */
export async function threadRounds(store: StoreName, directory: string): Promise<Figures> {
  const worker = new WorkerProcess();
  const sum = { errors: 0, lost: 0, stored: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const order = { task: "threads", store, directory: join(directory, String(round)) };
    const found = await worker.run<ThreadsResult>(order);
    for (const name of Object.keys(sum) as (keyof ThreadsResult)[]) sum[name] += found[name];
  }
  await worker.kill();
  const listed = store === "files" ? readdirSync(join(directory, "0", "files", "tmp")).length : 0;
  return {
    title: `${store}: four threads of one process, one of them terminated, ${ROUNDS} times`,
    shown: { "acknowledged writes": sum.stored, "temporary files left": listed },
    mustBeZero: { errors: sum.errors, "lost entries": sum.lost },
  };
}
