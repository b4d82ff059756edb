import { setTimeout as sleep } from "node:timers/promises";
import { openCache, type ResponseCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";
import { Truth } from "./truth.ts";
import { KEYS, oneOf, place, TENANTS } from "./watch.ts";

export interface InvalidateOrder extends Place {
  readonly truth: string;
  readonly count: number;
  /** Until when they are to be made, in ms since the epoch. */
  readonly until: number;
}

export interface InvalidateResult {
  readonly made: number;
  readonly stale: number;
}

/** Deletes, clears and replaces, evenly over its time, while it reads and computes itself. */
export async function invalidate(order: InvalidateOrder): Promise<InvalidateResult> {
  const cache = openCache({ store: storeOf(order) });
  const truth = new Truth(order.truth);
  let made = 0;
  let stale = 0;
  let done = false;
  const lanes = Array.from({ length: 4 }, async () => {
    while (!done) {
      const index = Math.floor(Math.random() * KEYS);
      const before = truth.of(index);
      const at = await oneOf(cache, index);
      // Here there is no bound: what was resolved before the read began must not be seen.
      if (at !== undefined && at < before.began) stale++;
      if (Math.random() < 0.1) await sleep(1);
    }
  });
  const pace = (order.until - Date.now()) / order.count;
  const started = Date.now();
  for (let index = 0; index < order.count; index++) {
    made += await one(cache, truth, index);
    await sleep(Math.max(0, started + index * pace - Date.now()));
  }
  done = true;
  await Promise.all(lanes);
  await cache.close();
  truth.close();
  return { made, stale };
}

/** 1 where it was made. */
async function one(cache: ResponseCache, truth: Truth, turn: number): Promise<number> {
  const index = Math.floor(Math.random() * KEYS);
  const [cid, scope] = place(cache, index);
  const began = Date.now();
  const kind = turn % 100 === 0 ? "clear" : turn % 3 === 0 ? "set" : "delete";
  try {
    if (kind === "clear") await cache.clear(scope);
    else if (kind === "delete") await cache.delete(cid, scope);
    else await cache.set(cid, { at: began }, scope);
  } catch {
    return 0;
  }
  const done = Date.now();
  if (kind !== "clear") truth.invalidated(index, began, done);
  else
    for (let each = index % TENANTS; each < KEYS; each += TENANTS)
      truth.invalidated(each, began, done);
  return 1;
}
