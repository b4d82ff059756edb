import { transcode } from "node:buffer";

const PROBES = 16;

/** Below this many units the other way is as fast. */
const SHORTEST = 1024;

/**
 * Whether a long string is beyond Latin-1, as a few of its units show. Up to Node.js 24 such a
 * string is written as UTF-8 six times as fast by `transcode` as by the buffer itself.
 */
export function isWide(text: string): boolean {
  // A Node.js without ICU has no transcode.
  if (text.length < SHORTEST || transcode === undefined) return false;
  const step = Math.floor(text.length / PROBES);
  for (let probe = 0; probe < PROBES; probe++) {
    if (text.charCodeAt(probe * step) > 0xff) return true;
  }
  return false;
}

/** A well-formed string in UTF-8. `scratch` has room for its UTF-16. */
export function wideToUtf8(text: string, scratch: Buffer): Uint8Array {
  const length = scratch.write(text, "utf16le");
  return transcode(scratch.subarray(0, length), "utf16le", "utf8");
}
