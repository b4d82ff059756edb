import { setTimeout as sleep } from "node:timers/promises";
import { cids, response } from "../data/responses.ts";
import { storeNamed } from "./stores.ts";

export interface Work {
  readonly store: string;
  readonly directory: string;
  readonly entries: number;
  readonly bytes: number;
  /** Milliseconds since the epoch: the same for all processes. */
  readonly from: number;
  readonly until: number;
  readonly seed: number;
}

const GETS_OF_FIVE = 4;

/** Four gets and a set, again and again until the time is over; how many operations that were. */
export async function run(work: Work): Promise<number> {
  const keys = cids(work.entries);
  const value = response(work.seed, work.bytes);
  const opened = await storeNamed(work.store).open(work.directory);
  let at = work.seed * 7919;
  const next = () => {
    at = (at + 7919) % keys.length;
    return keys[at] as string;
  };
  await opened.get(next());
  await sleep(work.from - Date.now());
  let done = 0;
  while (Date.now() < work.until) {
    for (let get = 0; get < GETS_OF_FIVE; get++) await opened.get(next());
    await opened.set(next(), value);
    done += GETS_OF_FIVE + 1;
  }
  await opened.close();
  return done;
}
