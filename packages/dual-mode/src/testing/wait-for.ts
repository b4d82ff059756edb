import { setTimeout } from "node:timers/promises";

/** @throws Error with these words where it does not come true in time. */
export async function waitFor(what: string, isTrue: () => boolean, ms = 8_000): Promise<void> {
  const until = performance.now() + ms;
  while (!isTrue()) {
    if (performance.now() > until) throw new Error(what);
    await setTimeout(10);
  }
}
