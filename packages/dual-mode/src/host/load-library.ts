import { DualModeError } from "../error.ts";
import { foreignText } from "../text/foreign-text.ts";

/**
 * Loads a library with which commands are found and run. A bundler may have left the library out,
 * or have put its CommonJS where there is no `require`.
 *
 * @throws {@link DualModeError} `CLI_NOT_FOUND`
 */
export async function loadLibrary<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const why = foreignText(cause instanceof Error ? cause.message : cause, 300);
    const message = `No command can be run: the package "${name}" does not load (${why}).`;
    const fix = `Install ${name}; in a bundle, mark it as external or give the bundle a require, as docs/bundlers.md of acc shows.`;
    throw new DualModeError("CLI_NOT_FOUND", message, { fix, cause });
  }
}
