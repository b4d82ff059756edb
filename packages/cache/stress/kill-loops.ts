import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Figures } from "./report.ts";
import type { CheckResult } from "./tasks/check.ts";
import type { StoreName } from "./tasks/place.ts";
import { WorkerProcess } from "./worker-process.ts";

const LOOPS = 40;
const PROCESSES = 4;

/** Processes that write to one folder are killed at random moments; nothing acknowledged is lost. */
export async function killLoops(store: StoreName, directory: string): Promise<Figures> {
  const acknowledged = new Set<number>();
  const sum = { stored: 0, wrong: 0, dead: 0 };
  const checker = new WorkerProcess();
  let last: CheckResult = { lost: 0, wrong: 0, damaged: 0 };
  for (let loop = 0; loop < LOOPS; loop++) {
    await hammerAndKill(store, directory, acknowledged, sum);
    const order = { task: "check", store, directory, acknowledged: [...acknowledged] };
    last = await checker.run<CheckResult>(order);
    if (last.lost + last.wrong + last.damaged > 0) break;
  }
  await checker.kill();
  const temporary = store === "files" ? readdirSync(join(directory, "files", "tmp")).length : 0;
  return {
    title: `${store}: ${LOOPS} loops of ${PROCESSES} processes, each killed at random`,
    shown: { "acknowledged writes": sum.stored, "entries checked each loop": acknowledged.size },
    mustBeZero: {
      "lost entries": last.lost,
      "wrong values": last.wrong + sum.wrong,
      "damaged records": last.damaged,
      "dead processes": sum.dead,
      "temporary files left": temporary,
    },
  };
}

async function hammerAndKill(
  store: StoreName,
  directory: string,
  acknowledged: Set<number>,
  sum: { stored: number; wrong: number; dead: number },
): Promise<void> {
  const workers = Array.from({ length: PROCESSES }, () => new WorkerProcess());
  await Promise.all(workers.map(({ ready }) => ready));
  for (const worker of workers) worker.send({ task: "hammer", store, directory });
  const alive = await Promise.all(
    workers.map(async (worker) => {
      await sleep(50 + Math.random() * 300);
      return worker.kill();
    }),
  );
  sum.dead += alive.filter((wasAlive) => !wasAlive).length;
  for (const line of workers.flatMap(({ lines }) => lines)) {
    const [word, index] = line.split(" ");
    if (word === "wrong") sum.wrong++;
    else {
      sum.stored++;
      acknowledged.add(Number(index));
    }
  }
}
