/**
 * The longest credible wait in ms: 31 days. No vendor's limit lasts longer, but some servers send
 * the time of the reset, in seconds since 1970, in place of a wait.
 */
const longestWait = 31 * 24 * 3_600_000;

/** Returns a wait that a vendor named, in whole ms; undefined for one that is not credible. */
export function believedWait(milliseconds: unknown): number | undefined {
  if (typeof milliseconds !== "number") return undefined;
  return milliseconds >= 0 && milliseconds <= longestWait ? Math.ceil(milliseconds) : undefined;
}
