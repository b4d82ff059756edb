import { openCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";
import { isRight } from "./sample-value.ts";

export interface CheckOrder extends Place {
  readonly acknowledged: readonly number[];
}

export interface CheckResult {
  readonly lost: number;
  readonly wrong: number;
  readonly damaged: number;
}

/** Reads back everything that was acknowledged. */
export async function check(order: CheckOrder): Promise<CheckResult> {
  const cache = openCache({ store: [storeOf(order)] });
  let lost = 0;
  let wrong = 0;
  for (const index of order.acknowledged) {
    const entry = await cache.get(cache.key({ index }));
    if (!entry) lost++;
    else if (!isRight(entry.value, index)) wrong++;
  }
  const { damaged } = (await cache.stats()).session;
  await cache.prune();
  await cache.close();
  return { lost, wrong, damaged };
}
