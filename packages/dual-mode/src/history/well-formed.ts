/// <reference lib="es2024.string" />

/**
 * Replaces each lone surrogate by U+FFFD, such as in a text that was cut within an emoji. UTF-8
 * cannot encode a lone surrogate: vendors refuse it, and a pipe would write U+FFFD.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}
