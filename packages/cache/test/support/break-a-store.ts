import type { CacheStore } from "../../src/index.ts";
import { type Kept, minimalStore } from "./minimal-store.ts";

/** A store with one fault, and the rule that it breaks. */
export interface Broken {
  readonly fault: string;
  readonly rule: string;
  readonly open: (kept: Kept) => CacheStore;
}

export type Minimal = ReturnType<typeof minimalStore>;

export const broken = (
  rule: string,
  fault: string,
  change: (store: Minimal, kept: Kept) => Partial<CacheStore>,
): Broken => ({
  rule,
  fault,
  open: (kept) => {
    const store = minimalStore(kept);
    return { ...store, ...change(store, kept) };
  },
});
