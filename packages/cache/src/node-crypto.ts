type Crypto = typeof import("node:crypto");

let loaded: Crypto | undefined;

/** node:crypto costs 3 ms to load, so a program that never makes a key does not load it. */
export function crypto(): Crypto {
  loaded ??= process.getBuiltinModule("node:crypto");
  return loaded;
}
