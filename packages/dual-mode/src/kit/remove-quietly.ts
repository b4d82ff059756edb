import type { RunContext } from "../contract/mode-context.ts";

/** The timeout in ms. */
const longest = 10_000;

/**
 * Asks a vendor to remove an uploaded file that nobody needs any more. It never throws: a file that
 * cannot be removed stays there.
 */
export async function removeQuietly<Options>(
  context: RunContext<Options>,
  remove: (context: RunContext<Options>) => PromiseLike<unknown>,
): Promise<void> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(longest)]);
  try {
    await remove({ ...context, signal });
  } catch {
    // The file stays.
  }
}
