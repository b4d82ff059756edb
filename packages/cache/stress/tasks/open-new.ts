import { openCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";

export interface OpenOrder extends Place {
  /** Milliseconds since the epoch: the same for all processes. */
  readonly at: number;
}

/** Opens a cache that does not exist yet, at a given moment; returns what went wrong. */
export async function openNew(order: OpenOrder): Promise<string[]> {
  const errors: string[] = [];
  const cache = openCache({
    store: [storeOf(order)],
    onEvent: (event) => {
      if (event.type === "error" || event.type === "damaged") errors.push(String(event.error));
    },
  });
  const cid = cache.key({ pid: process.pid });
  while (Date.now() < order.at);
  if (!(await cache.set(cid, process.pid))) errors.push("not stored");
  if ((await cache.get(cid))?.value !== process.pid) errors.push("not found");
  await cache.close();
  return errors;
}
