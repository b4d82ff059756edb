import { setTimeout as sleep } from "node:timers/promises";
import { openCache, type ResponseCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";
import { Truth } from "./truth.ts";

export const KEYS = 2000;
export const TENANTS = 20;

/** What the README promises for the memory of other processes, in ms. */
export const BOUND = 1000;

export interface WatchOrder extends Place {
  readonly truth: string;
  /** Until when it reads and computes, in ms since the epoch. */
  readonly until: number;
  /** When everything is read once more: long after the last invalidation. */
  readonly sweepAt: number;
}

export interface WatchResult {
  readonly reads: number;
  readonly hits: number;
  readonly stale: number;
  /** Of these, what was still there long after the last invalidation. */
  readonly left: number;
}

/** Reads and computes, and finds what was invalidated longer ago than the bound. */
export async function watch(order: WatchOrder): Promise<WatchResult> {
  const cache = openCache({ store: storeOf(order) });
  const truth = new Truth(order.truth);
  const sum = { reads: 0, hits: 0, stale: 0, left: 0 };
  const tell = (index: number, started: number, at: number | undefined) => {
    sum.reads++;
    if (at === undefined) return;
    sum.hits++;
    const { began, done } = truth.of(index);
    if (at < began && started > done + BOUND) sum.stale++;
  };
  const lanes = Array.from({ length: 8 }, async () => {
    while (Date.now() < order.until) {
      const index = Math.floor(Math.random() * KEYS);
      const started = Date.now();
      tell(index, started, await oneOf(cache, index));
      if (Math.random() < 0.1) await sleep(1);
    }
  });
  await Promise.all(lanes);
  await sleep(order.sweepAt - Date.now());
  const before = sum.stale;
  for (let index = 0; index < KEYS; index++) {
    const entry = await cache.get<{ at: number }>(...place(cache, index));
    tell(index, Date.now(), entry?.value.at);
  }
  sum.left = sum.stale - before;
  await cache.close();
  truth.close();
  return sum;
}

/** When the value that a read or a computation gave was begun; undefined for a miss. */
export async function oneOf(cache: ResponseCache, index: number): Promise<number | undefined> {
  const [cid, scope] = place(cache, index);
  if (Math.random() < 0.7) return (await cache.get<{ at: number }>(cid, scope))?.value.at;
  const compute = async () => {
    // Not when it was asked for: it may have waited for another's computation first.
    const at = Date.now();
    await sleep(Math.random() * 30);
    return { at };
  };
  const answer = await cache.getOrCompute(cid, compute, scope);
  return answer.outcome === "hit" ? answer.value.at : undefined;
}

export function place(cache: ResponseCache, index: number): [string, { tenant: string }] {
  return [cache.key({ index }), { tenant: `t${index % TENANTS}` }];
}
