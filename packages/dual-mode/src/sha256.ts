/** A SHA-256 over `text`. `node:crypto` takes 3 ms to load, so a program that needs none does not load it. */
export function sha256(text: string): Buffer {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest();
}
