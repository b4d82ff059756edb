import { expect } from "vitest";

/** What becomes true in a while, on a machine that has much to do. */
export function eventually<T>(look: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(look, { timeout: 10_000 });
}
