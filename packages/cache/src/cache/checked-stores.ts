import type { CacheStore } from "../store/store.ts";
import { invalidOption } from "./invalid-option.ts";

const MEMBERS = ["get", "set", "delete"] as const;

/** @throws CacheError `INVALID_OPTION` for what is no store, so that no call finds out later */
export function checkedStores(stores: readonly CacheStore[]): readonly CacheStore[] {
  for (const store of stores) {
    const given = store as Partial<CacheStore> | null | undefined;
    if (typeof given?.name !== "string" || MEMBERS.some((name) => !isFunction(given[name]))) {
      throw invalidOption("store", kindOf(given), "a store with name, get, set and delete");
    }
  }
  return stores;
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}
