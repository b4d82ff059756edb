import { transcode } from "node:buffer";

const PROBES = 16;

/** Below this number of units, the buffer's own encoding is as fast. */
const SHORTEST = 1024;

/**
 * Returns true if a few samples show that a long string is not Latin-1. Up to Node.js 24,
 * `transcode` encodes such a string as UTF-8 six times as fast as the buffer's own method.
 */
export function isWide(text: string): boolean {
  // A Node.js without ICU does not have `transcode`.
  if (text.length < SHORTEST || transcode === undefined) return false;
  const step = Math.floor(text.length / PROBES);
  for (let probe = 0; probe < PROBES; probe++) {
    if (text.charCodeAt(probe * step) > 0xff) return true;
  }
  return false;
}

/** Encodes a well-formed string as UTF-8. `scratch` has room for its UTF-16 form. */
export function wideToUtf8(text: string, scratch: Buffer): Uint8Array {
  const length = scratch.write(text, "utf16le");
  return transcode(scratch.subarray(0, length), "utf16le", "utf8");
}
