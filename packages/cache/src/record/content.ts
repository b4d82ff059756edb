import { frozenCopy } from "./frozen-copy.ts";
import { type Measured, Unstorable } from "./measured.ts";

/** A value that can no longer be changed, with the reason if it cannot be stored. */
export interface Content extends Measured {
  readonly obstacle?: string;
}

/**
 * Returns a frozen copy of JSON data. A value that JSON cannot represent is returned itself, with
 * its plain parts frozen.
 */
export function content(value: unknown): Content {
  try {
    return frozenCopy(value);
  } catch (error) {
    // A getter or a Proxy may throw anything: a value that was paid for is still returned.
    const isKnown = error instanceof Unstorable;
    if (isKnown) freezePlain(value);
    return { value, size: 0, obstacle: isKnown ? error.message : "the value cannot be read" };
  }
}

/**
 * Freezes without recursion: a value that is too deep to be stored may be too deep for the stack.
 */
function freezePlain(whole: unknown): void {
  const open: unknown[] = [whole];
  while (open.length > 0) {
    const value = open.pop();
    if (!isOpenData(value)) continue;
    Object.freeze(value);
    for (const { value: member } of Object.values(Object.getOwnPropertyDescriptors(value))) {
      open.push(member);
    }
  }
}

function isOpenData(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    const isPlain = prototype === Object.prototype || prototype === Array.prototype;
    return isPlain && !Object.isFrozen(value);
  } catch {
    // A revoked Proxy.
    return false;
  }
}
