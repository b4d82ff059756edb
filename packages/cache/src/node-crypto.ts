type Crypto = typeof import("node:crypto");

let loaded: Crypto | undefined;

/**
 * Returns node:crypto. It takes 3 ms to load, so a program that never computes a key does not load
 * it.
 */
export function crypto(): Crypto {
  loaded ??= process.getBuiltinModule("node:crypto");
  return loaded;
}
