import { MAX_DEPTH } from "./limits.ts";
import { isPlainObject } from "./plain-object.ts";
import { sortKeys } from "./sort-keys.ts";
import { Uncacheable } from "./uncacheable.ts";
import type { Writer } from "./writer.ts";

const ARRAY = 0x80;
const MAP = 0xa0;
const NONE: ReadonlySet<string> = new Set();

/**
 * Writes canonical DAG-CBOR. Throws `Uncacheable` for a value that would have the same encoding as
 * another one.
 */
function encode(writer: Writer, value: unknown, depth: number): void {
  if (typeof value === "string") writer.text(value);
  else if (typeof value === "number") encodeNumber(writer, value);
  else if (typeof value === "boolean") writer.byte(value ? 0xf5 : 0xf4);
  else if (value === null) writer.byte(0xf6);
  else if (typeof value === "object") encodeObject(writer, value, depth);
  else throw new Uncacheable();
}

/** Writes a plain object without undefined and ignored members. */
export function encodeMap(
  writer: Writer,
  map: Record<string, unknown>,
  depth: number,
  ignored: ReadonlySet<string> = NONE,
): void {
  if (depth > MAX_DEPTH) throw new Uncacheable();
  let keys = Object.keys(map);
  if (ignored.size > 0) keys = keys.filter((key) => !ignored.has(key));
  for (const key of keys) {
    if (map[key] === undefined) {
      keys = keys.filter((name) => map[name] !== undefined);
      break;
    }
  }
  sortKeys(keys);
  writer.head(MAP, keys.length);
  for (const key of keys) {
    writer.text(key);
    encode(writer, map[key], depth + 1);
  }
}

function encodeObject(writer: Writer, value: object, depth: number): void {
  if (Array.isArray(value)) {
    if (depth > MAX_DEPTH) throw new Uncacheable();
    writer.head(ARRAY, value.length);
    for (let index = 0; index < value.length; index++) encode(writer, value[index], depth + 1);
  } else if (isPlainObject(value)) {
    encodeMap(writer, value, depth);
  } else if (value instanceof Uint8Array) {
    writer.raw(value);
  } else {
    throw new Uncacheable();
  }
}

function encodeNumber(writer: Writer, value: number): void {
  if (Number.isSafeInteger(value)) {
    if (value >= 0) writer.head(0x00, value);
    else writer.head(0x20, -1 - value);
  } else if (Number.isFinite(value)) {
    writer.float(value);
  } else {
    throw new Uncacheable();
  }
}
