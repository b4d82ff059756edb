/**
 * Returns the SHA-256 of `text`. `node:crypto` takes 3 ms to load, so it is loaded only by programs
 * that need it.
 */
export function sha256(text: string): Buffer {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest();
}
