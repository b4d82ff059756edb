import type { AsyncLocalStorage } from "node:async_hooks";
import { CacheError } from "../error.ts";
import type { Flight } from "./flight.ts";

let storage: AsyncLocalStorage<Flight> | undefined;
let underWay = 0;

/** Runs a computation so that what it asks of a cache is known to be asked by it. */
export async function runInside<T>(flight: Flight, run: () => Promise<T>): Promise<T> {
  storage ??= new (process.getBuiltinModule("node:async_hooks").AsyncLocalStorage)<Flight>();
  underWay += 1;
  try {
    return await storage.run(flight, run);
  } finally {
    underWay -= 1;
    // Before Node.js 24 it costs every promise of the process, as long as it is enabled.
    if (underWay === 0) storage.disable();
  }
}

/** The computation under way that the caller is a part of. */
export function insideOf(): Flight | undefined {
  const flight = storage?.getStore();
  return flight?.tape.running ? flight : undefined;
}

/** @throws CacheError `RECURSIVE` where the computation would wait for itself */
export function refuseCycle(
  key: string,
  underWay: Flight | undefined,
  inside: Flight | undefined,
): void {
  if (!inside) return;
  for (let each: Flight | undefined = inside; each; each = each.parent) {
    if (each.key === key && each.tape.running) throw recursive();
  }
  if (underWay && reaches(underWay, inside, new Set())) throw recursive();
}

function reaches(from: Flight, wanted: Flight, seen: Set<Flight>): boolean {
  if (from === wanted) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return [...from.waitsFor].some((next) => reaches(next, wanted, seen));
}

function recursive(): CacheError {
  const message =
    "A computation asked the cache for its own key, and would wait for itself for ever. " +
    "Ask for another key inside, or compute without the cache there.";
  return new CacheError("RECURSIVE", message);
}
