const aliases: ReadonlyMap<string, string> = new Map([
  ["image/jpg", "image/jpeg"],
  ["image/pjpeg", "image/jpeg"],
  ["image/x-png", "image/png"],
  ["application/x-pdf", "application/pdf"],
]);
const imageTypes: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
]);

/** Returns "text/plain" for "Text/Plain; charset=utf-8". */
export function mediaTypeOf(written: string): string {
  const [named = ""] = written.split(";");
  const type = named.trim().toLowerCase();
  return aliases.get(type) ?? type;
}

/** Whether it is one of the types of an image; other pictures are files. */
export function isImageType(type: string | undefined): type is string {
  return type !== undefined && imageTypes.has(type);
}

/** Patterns of the first twelve bytes, in hexadecimal. */
const firstBytes: readonly (readonly [RegExp, string])[] = [
  [/^89504e470d0a1a0a/, "image/png"],
  [/^ffd8ff/, "image/jpeg"],
  [/^474946383[79]61/, "image/gif"],
  [/^52494646.{8}57454250/, "image/webp"],
  [/^255044462d/, "application/pdf"],
];

/**
 * Returns the type that the first bytes show. A vendor refuses an image whose bytes do not have the
 * declared type.
 */
export function typeOfBytes(base64: string): string | undefined {
  const first = Buffer.from(base64.slice(0, 16), "base64").toString("hex");
  return firstBytes.find(([pattern]) => pattern.test(first))?.[1];
}
