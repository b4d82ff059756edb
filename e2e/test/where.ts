import { it } from "vitest";

/** A test that stands only where its condition holds: a target without the ability has another test. */
export function itWhere(holds: boolean, name: string, run: () => Promise<void>): void {
  if (holds) it(name, run);
}
