import { MAX_DEPTH } from "../key/limits.ts";
import { isPlainObject } from "../key/plain-object.ts";

/**
 * Returns a copy of JSON data with the members of each object sorted by name; other values are
 * returned unchanged.
 */
export function sorted<T>(value: T): T {
  try {
    return copyOf(value, 0) as T;
  } catch {
    // A getter or a Proxy may throw: the response is still returned.
    return value;
  }
}

function copyOf(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => copyOf(item, depth + 1));
  if (!isPlainObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, copyOf(value[name], depth + 1)]));
}
