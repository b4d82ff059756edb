import { vi } from "vitest";

const tick = setImmediate;

/** Lets a test's clock run until all of these are settled; what needs no clock gets its time too. */
export async function settled<T>(calls: readonly Promise<T>[]): Promise<PromiseSettledResult<T>[]> {
  let isOver = false;
  const all = Promise.allSettled(calls).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => tick(resolve));
    await vi.advanceTimersByTimeAsync(50);
  }
  return all;
}
