import { SecretsError } from "../errors.ts";

/**
 * Reads keys separated by commas or white space, each 32 bytes in base64 of either alphabet.
 *
 * @throws SecretsError `INVALID_KEY`, which names the place and never the text
 */
export function parseKeys(text: string, place: string): readonly Uint8Array[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const keys = words.map((word) => {
    const bytes = /^[A-Za-z0-9+/_-]{43}=$/.test(word) ? Buffer.from(word, "base64url") : undefined;
    if (bytes?.length !== 32) throw invalid(place);
    return bytes;
  });
  if (keys.length === 0) throw invalid(place);
  return keys;
}

/** Formats keys as text: one per line, the newest first. */
export function formatKeys(keys: readonly Uint8Array[]): string {
  return keys.map((key) => `${keyText(key)}\n`).join("");
}

/** Returns a key in url-safe base64, padded: also a valid Fernet key. */
export function keyText(key: Uint8Array): string {
  return Buffer.from(key).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

function invalid(place: string): SecretsError {
  return new SecretsError(
    "INVALID_KEY",
    `${place} does not hold a key: 32 bytes in url-safe base64, 44 characters. ` +
      "Put the right key back; generateFernetKey() makes a new one.",
  );
}
