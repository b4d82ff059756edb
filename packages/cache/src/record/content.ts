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
    // A getter or a Proxy may throw what it likes: an answer that was paid for is given all the same.
    const isKnown = error instanceof Unstorable;
    if (isKnown) freezePlain(value);
    return { value, size: 0, obstacle: isKnown ? error.message : "the value cannot be read" };
  }
}

/** Without recursion: what is too deep to be stored may be too deep for the stack. */
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
    // A Proxy that was revoked.
    return false;
  }
}
