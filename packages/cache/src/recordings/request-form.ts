import { isPlainObject } from "../key/plain-object.ts";
import { KEY_IGNORES } from "../key/request-key.ts";

/**
 * The name of the member under which JSON has bytes, as in DAG-JSON: `{ "/": { "bytes": "<base64>"
 * } }`.
 */
const BYTES = "/";

/**
 * Returns the part of a request that is in its key, as JSON. Undefined for a request with an object
 * whose only member is `/`: in a file it would mean bytes.
 */
export function requestForm(request: unknown): unknown {
  try {
    return formOf(request, KEY_IGNORES);
  } catch (error) {
    if (error instanceof Ambiguous) return undefined;
    throw error;
  }
}

/** Returns the request that a form represents. */
export function requestOf(form: unknown): unknown {
  if (typeof form !== "object" || form === null) return form;
  if (Array.isArray(form)) return form.map(requestOf);
  const members = Object.entries(form as Record<string, unknown>);
  const bytes = members.length === 1 && members[0]?.[0] === BYTES ? members[0][1] : undefined;
  if (isBytes(bytes)) return new Uint8Array(Buffer.from(bytes.bytes, "base64"));
  return Object.fromEntries(members.map(([name, value]) => [name, requestOf(value)]));
}

class Ambiguous extends Error {}

function formOf(value: unknown, ignored?: ReadonlySet<string>): unknown {
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? 0 : value;
  if (Array.isArray(value)) return value.map((item) => formOf(item));
  if (!isPlainObject(value)) {
    const bytes = value as Uint8Array;
    const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
    return { [BYTES]: { bytes: base64.replaceAll("=", "") } };
  }
  const names = Object.keys(value).filter(
    (name) => value[name] !== undefined && !ignored?.has(name),
  );
  if (names.length === 1 && names[0] === BYTES) throw new Ambiguous();
  return Object.fromEntries(names.sort().map((name) => [name, formOf(value[name])]));
}

function isBytes(value: unknown): value is { readonly bytes: string } {
  return typeof (value as { bytes?: unknown } | undefined)?.bytes === "string";
}
