/// <reference lib="es2024.string" />

/** Returns true if a string has no lone surrogate, which UTF-8 cannot encode. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}
