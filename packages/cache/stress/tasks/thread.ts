import { parentPort, workerData } from "node:worker_threads";
import { openCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";

const { thread, keys, ...place } = workerData as Place & { thread: number; keys: number };
const cache = openCache({
  store: [storeOf(place)],
  onEvent: (event) =>
    event.type === "error" && parentPort?.postMessage({ error: String(event.error) }),
});
for (let turn = 0; turn < keys; turn++) {
  // Half of them are everybody's.
  const index = turn % 2 === 0 ? turn : turn + thread * keys;
  const cid = cache.key({ index });
  await cache.getOrCompute(cid, async () => ({ index, thread }));
  if (await cache.set(cid, { index, thread })) parentPort?.postMessage({ index });
}
await cache.close();
