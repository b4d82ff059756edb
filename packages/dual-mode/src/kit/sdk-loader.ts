import { DualModeError } from "../error.ts";

/**
 * Returns a function that loads a vendor's package at the first call and keeps it: importing it
 * again would cost each call some 30 µs.
 *
 * @param load The `import()` with the name written out, for bundlers.
 * @throws {@link DualModeError} `SDK_NOT_INSTALLED`
 */
export function sdkLoader<SDK>(name: string, load: () => Promise<SDK>): () => Promise<SDK> {
  let loaded: SDK | undefined;
  return async () => {
    try {
      loaded ??= await load();
      return loaded;
    } catch (cause) {
      throw new DualModeError("SDK_NOT_INSTALLED", `The package ${name} does not load.`, {
        fix: `npm install ${name}`,
        cause,
      });
    }
  };
}
