/// <reference lib="es2024.string" />

/** Whether a string has no lone surrogate: those have no UTF-8. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}
