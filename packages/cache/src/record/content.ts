import { frozenCopy } from "./frozen-copy.ts";
import { type Measured, Unstorable } from "./measured.ts";

/** A value that nobody can change any more, and why it cannot be stored, if it cannot. */
export interface Content extends Measured {
  readonly obstacle?: string;
}

/** What JSON cannot hold is passed on as it is, frozen as far as it is plain data. */
export function content(value: unknown): Content {
  try {
    return frozenCopy(value);
  } catch (error) {
    if (!(error instanceof Unstorable)) throw error;
    freezePlain(value);
    return { value, size: 0, obstacle: error.message };
  }
}

function freezePlain(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freezePlain(member);
}
