/**
 * The longest wait that is believed, in milliseconds: 31 days. No vendor's limit lasts longer, but
 * servers write the time of the reset, in seconds since 1970, where the wait belongs.
 */
const longestWait = 31 * 24 * 3_600_000;

/** A wait that a vendor named, in whole milliseconds; undefined for one that cannot be meant. */
export function believedWait(milliseconds: unknown): number | undefined {
  if (typeof milliseconds !== "number") return undefined;
  return milliseconds >= 0 && milliseconds <= longestWait ? Math.ceil(milliseconds) : undefined;
}
