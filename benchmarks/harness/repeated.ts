import type { Subject } from "./compare.ts";

/** A batch that waits for each piece of work before the next begins. */
export function repeated(work: (round: number) => Promise<unknown>): Subject["batch"] {
  return async (count) => {
    for (let round = 0; round < count; round++) await work(round);
  };
}
