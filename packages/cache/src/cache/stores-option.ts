import type { CacheStore } from "../store/store.ts";
import { invalidOption } from "./invalid-option.ts";

/**
 * @throws CacheError `INVALID_OPTION` if one is not a store, so that no later call fails because of
 * it
 */
export function checkedStores(stores: readonly CacheStore[]): readonly CacheStore[] {
  for (const store of stores) {
    const given = store as Partial<CacheStore> | null | undefined;
    if (!given || !isStore(given)) {
      throw invalidOption("store", kindOf(given), "a store with name, get, set and delete");
    }
  }
  return stores;
}

function isStore({ name, get, set, delete: remove }: Partial<CacheStore>): boolean {
  const isUsable = typeof get === "function" && typeof set === "function";
  return typeof name === "string" && isUsable && typeof remove === "function";
}

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}
