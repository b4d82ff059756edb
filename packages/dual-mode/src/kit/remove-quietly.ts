import type { RunContext } from "../contract/mode-context.ts";

/** Milliseconds in which it has to be done. */
const longest = 10_000;

/**
 * Has a vendor remove what nobody needs any more, a file that was uploaded. It never throws: what cannot
 * be removed stays there.
 */
export async function removeQuietly<Options>(
  context: RunContext<Options>,
  remove: (context: RunContext<Options>) => PromiseLike<unknown>,
): Promise<void> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(longest)]);
  try {
    await remove({ ...context, signal });
  } catch {
    // It stays.
  }
}
