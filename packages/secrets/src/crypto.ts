type Crypto = typeof import("node:crypto");

let loaded: Crypto | undefined;

/**
 * `node:crypto`, loaded at its first use: loading it takes longer than the rest of this package.
 */
export function crypto(): Crypto {
  loaded ??= process.getBuiltinModule("node:crypto");
  return loaded;
}
