import type { Figures } from "./report.ts";
import type { DamageResult } from "./tasks/damage.ts";
import type { StoreName } from "./tasks/place.ts";
import { WorkerProcess } from "./worker-process.ts";

const FLIPS = 200;
const CUTS = 20;

/** Bytes that change and files that end early are misses, and nothing else. */
export async function damageRounds(store: StoreName, directory: string): Promise<Figures> {
  const worker = new WorkerProcess();
  const order = { task: "damage", store, directory, flips: FLIPS, cuts: CUTS };
  const found = await worker.run<DamageResult>(order);
  await worker.kill();
  return {
    title: `${store}: a byte flipped at ${FLIPS} places, a file cut at ${CUTS}`,
    shown: { "entries read": found.readings, misses: found.missed },
    mustBeZero: { "wrong values": found.wrong, exceptions: found.thrown },
  };
}
