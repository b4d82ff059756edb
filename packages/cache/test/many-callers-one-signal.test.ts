import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { memoryStore } from "../src/index.ts";
import { openTestCache } from "./support/temporary.ts";

// langchainjs#7963, claude-code#2629: MaxListenersExceededWarning where calls share a signal.
test("many callers at once add one listener to their signal, and each hears of the abort", async () => {
  const cache = openTestCache({ store: [memoryStore()] });
  const caller = new AbortController();
  const { signal } = caller;
  const ask = async (number: number) =>
    cache.getOrCompute(cache.key({ number }), () => new Promise(() => {}), { signal });
  const waiting = Array.from({ length: 40 }, (_, number) =>
    ask(number % 30).catch((error: unknown) => error),
  );
  await expect.poll(() => getEventListeners(signal, "abort")).toHaveLength(1);
  caller.abort(new Error("enough"));
  expect(new Set((await Promise.all(waiting)).map(String))).toEqual(new Set(["Error: enough"]));
});

test("callers who were answered leave no listener", async () => {
  const cache = openTestCache({ store: [memoryStore()] });
  const { signal } = new AbortController();
  const compute = async () => "answer";
  for (let number = 0; number < 20; number++) {
    await cache.getOrCompute(cache.key({ number }), compute, { signal });
  }
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});
