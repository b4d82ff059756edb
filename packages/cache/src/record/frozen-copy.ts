import { MAX_DEPTH } from "../key/limits.ts";
import { isPlainObject } from "../key/plain-object.ts";
import { type Measured, Unstorable } from "./measured.ts";

const NODE_BYTES = 48;

/**
 * Returns a deeply frozen copy of JSON data, with an estimate of its size in memory. Undefined
 * members are left out, as they are on disk.
 *
 * @throws Unstorable for a value that would not survive a round trip through JSON.
 */
export function frozenCopy(value: unknown): Measured {
  const copier = new Copier();
  const copy = copier.copy(value, 0);
  return { value: copy, size: copier.size };
}

class Copier {
  size = 0;

  copy(value: unknown, depth: number): unknown {
    switch (typeof value) {
      case "string":
        this.size += value.length * 2 + NODE_BYTES;
        return value;
      case "boolean":
        return value;
      case "number":
        this.size += 8;
        if (!Number.isFinite(value)) throw new Unstorable(`the value holds ${value}`);
        // JSON turns negative zero into zero.
        return value === 0 ? 0 : value;
      case "object":
        return value === null ? null : this.#copyObject(value, depth);
      default:
        throw new Unstorable(`the value holds ${typeof value}`);
    }
  }

  #copyObject(value: object, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new Unstorable(`the value is deeper than ${MAX_DEPTH} levels`);
    this.size += NODE_BYTES;
    if (Array.isArray(value)) {
      const items: unknown[] = new Array(value.length);
      for (let index = 0; index < value.length; index++) {
        items[index] = this.copy(value[index], depth + 1);
      }
      this.size += value.length * 8;
      return Object.freeze(items);
    }
    if (!isPlainObject(value)) throw new Unstorable("the value holds an instance of a class");
    return Object.freeze(this.#copyMembers(value, depth));
  }

  #copyMembers(value: Record<string, unknown>, depth: number): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (member === undefined) continue;
      this.size += 16 + name.length;
      const copied = this.copy(member, depth + 1);
      if (name === "__proto__") {
        Object.defineProperty(copy, name, { value: copied, enumerable: true });
      } else {
        copy[name] = copied;
      }
    }
    return copy;
  }
}
