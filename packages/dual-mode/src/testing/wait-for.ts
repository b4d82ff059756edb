import { setTimeout } from "node:timers/promises";

/**
 * Waits until a condition is true.
 *
 * @throws Error with this message if it does not become true in time.
 */
export async function waitFor(what: string, isTrue: () => boolean, ms = 8_000): Promise<void> {
  const until = performance.now() + ms;
  while (!isTrue()) {
    if (performance.now() > until) throw new Error(what);
    await setTimeout(10);
  }
}
