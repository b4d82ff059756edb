import { writeSync } from "node:fs";
import { openCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";
import { isRight, sampleValue } from "./sample-value.ts";

const KEYS = 300;

/** Writes and reads until it is killed. Every acknowledged write is told at once, as a line. */
export async function hammer(place: Place): Promise<never> {
  const cache = openCache({ store: [storeOf(place)] });
  for (let version = 0; ; version++) {
    const index = Math.floor(Math.random() * KEYS);
    const cid = cache.key({ index });
    const found = await cache.get(cid);
    if (found && !isRight(found.value, index)) writeSync(1, `wrong ${index}\n`);
    if (version % 5 === 0) {
      const fresh = await cache.getOrCompute(cid, async () => sampleValue(index, version));
      if (!isRight(fresh.value, index)) writeSync(1, `wrong ${index}\n`);
    }
    if (await cache.set(cid, sampleValue(index, version))) writeSync(1, `stored ${index}\n`);
  }
}
