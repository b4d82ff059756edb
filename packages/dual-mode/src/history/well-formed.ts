/// <reference lib="es2024.string" />

/**
 * The text with U+FFFD for each half of a surrogate pair that stands alone, as a text has that was
 * cut within an emoji. UTF-8 has no such half: vendors refuse it, and a pipe would write U+FFFD.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}
