import type { AsyncLocalStorage } from "node:async_hooks";
import { CacheError } from "../error.ts";

/** A computation in progress, as seen by the computations that it starts. */
export interface Computation {
  readonly key: string;
  readonly tape: { readonly running: boolean };
  /** The computation that started this one, if any. */
  readonly parent: Computation | undefined;
  /** Other computations that this one waits for. */
  readonly waitsFor: Set<Computation>;
}

let storage: AsyncLocalStorage<Computation> | undefined;
let underWay = 0;

/** Runs a computation in a context that identifies it as the caller of its own calls of a cache. */
export async function runInside<T>(computation: Computation, run: () => Promise<T>): Promise<T> {
  storage ??= new (process.getBuiltinModule("node:async_hooks").AsyncLocalStorage)<Computation>();
  underWay += 1;
  try {
    return await storage.run(computation, run);
  } finally {
    underWay -= 1;
    // Before Node.js 24, enabled storage slows down every promise in the process.
    if (underWay === 0) storage.disable();
  }
}

/** Returns the computation in progress that the caller is part of. */
export function insideOf(): Computation | undefined {
  const computation = storage?.getStore();
  return computation?.tape.running ? computation : undefined;
}

/** @throws CacheError `RECURSIVE` if the computation would wait for itself */
export function refuseCycle(
  key: string,
  underWay: Computation | undefined,
  inside: Computation | undefined,
): void {
  if (!inside) return;
  for (let each: Computation | undefined = inside; each; each = each.parent) {
    if (each.key === key && each.tape.running) throw recursive();
  }
  if (underWay && reaches(underWay, inside, new Set())) throw recursive();
}

function reaches(from: Computation, wanted: Computation, seen: Set<Computation>): boolean {
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
