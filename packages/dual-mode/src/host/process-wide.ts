/** What every copy of this package in the process shares under one name; made by the first to ask. */
export function processWide<T extends object>(name: string, make: () => T): T {
  const key = Symbol.for(`@acc/dual-mode.${name}@0`);
  const shared = globalThis as { [key: symbol]: unknown };
  shared[key] ??= make();
  return shared[key] as T;
}
