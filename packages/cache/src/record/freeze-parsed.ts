import type { Measured } from "./measured.ts";

/** Freezes a result of JSON.parse in place. */
export function freezeParsed(value: unknown, bytes: number): Measured {
  freeze(value);
  return { value, size: bytes * 2 + 256 };
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const member of Object.values(value)) freeze(member);
  Object.freeze(value);
}
