/**
 * Returns an object that all copies of this package in the process share under one name. The first
 * caller makes it.
 */
export function processWide<T extends object>(name: string, make: () => T): T {
  const key = Symbol.for(`@acc/dual-mode.${name}@0`);
  const shared = globalThis as { [key: symbol]: unknown };
  shared[key] ??= make();
  return shared[key] as T;
}
