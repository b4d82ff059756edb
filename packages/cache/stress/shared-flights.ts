import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Figures } from "./report.ts";
import type { FlightResult } from "./tasks/flight.ts";
import type { StoreName } from "./tasks/place.ts";
import { WorkerProcess } from "./worker-process.ts";

const PROCESSES = 4;
const CALLERS = 250;
const COMPUTATION = 300;
const TIMES = 5;
const KILL_AFTER = 100;

/** A thousand callers of four processes want one answer; it is computed once, or twice if its owner dies. */
export async function sharedFlights(
  store: StoreName,
  directory: string,
  killOwner: boolean,
): Promise<Figures> {
  const expected = killOwner ? 2 : 1;
  const tails: number[] = [];
  let otherCounts = 0;
  let wrong = 0;
  for (let time = 0; time < TIMES; time++) {
    const outcome = await once(store, join(directory, String(time)), killOwner);
    if (outcome.runs !== expected) otherCounts++;
    wrong += outcome.wrong;
    tails.push(outcome.tail);
  }
  const callers = PROCESSES * CALLERS;
  const fate = killOwner ? `, its owner killed at ${KILL_AFTER} ms` : "";
  return {
    title: `${store}: ${callers} callers in ${PROCESSES} processes, ${COMPUTATION} ms${fate}, ${TIMES} times`,
    shown: {
      "computations each time": expected,
      "last caller after the computation (ms)": tails.join(" "),
    },
    mustBeZero: { "times with another number of computations": otherCounts, "wrong values": wrong },
  };
}

async function once(store: StoreName, directory: string, killOwner: boolean) {
  const workers = Array.from({ length: PROCESSES }, () => new WorkerProcess());
  await Promise.all(workers.map(({ ready }) => ready));
  let runs = 0;
  for (const worker of workers) {
    worker.child.on("message", async (message: { computing?: true }) => {
      if (!message.computing) return;
      runs++;
      if (!killOwner || runs > 1) return;
      await sleep(KILL_AFTER);
      await worker.kill();
    });
  }
  const at = Date.now() + 50;
  const order = {
    task: "flight",
    store,
    directory,
    callers: CALLERS,
    milliseconds: COMPUTATION,
    at,
  };
  const pending = workers.map((worker) => worker.result<FlightResult>());
  for (const worker of workers) worker.send(order);
  const results = (await Promise.all(pending)).filter((result) => result !== undefined);
  for (const worker of workers) await worker.kill();
  const computedAt = Math.max(...results.map((result) => result.computedAt));
  const tail = Math.max(...results.map((result) => result.answeredAt)) - computedAt;
  return { runs, tail, wrong: results.reduce((sum, result) => sum + result.wrong, 0) };
}
