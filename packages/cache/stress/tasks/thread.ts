import { parentPort, workerData } from "node:worker_threads";
import { CacheError, openCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";

const { thread, keys, ...place } = workerData as Place & { thread: number; keys: number };
/** A lock that was met costs an answer that is not kept, and is no fault. */
const isLock = (error: unknown) =>
  CacheError.is(error) && (error.code === "STORE_BUSY" || error.code === "STORE_TIMEOUT");

const cache = openCache({
  store: [storeOf(place)],
  onEvent: (event) => {
    if (event.type !== "error" || isLock(event.error)) return;
    parentPort?.postMessage({ error: String(event.error) });
  },
});
for (let turn = 0; turn < keys; turn++) {
  // Half of them are everybody's.
  const index = turn % 2 === 0 ? turn : turn + thread * keys;
  const cid = cache.key({ index });
  await cache.getOrCompute(cid, async () => ({ index, thread }));
  if (await cache.set(cid, { index, thread })) parentPort?.postMessage({ index });
}
await cache.close();
