/**
 * Whether a value is plain data that can no longer change. Bytes, which cannot be frozen, class
 * instances and objects with getters are not.
 */
export function isFrozenThroughout(value: unknown): boolean {
  if (typeof value === "function") return false;
  if (typeof value !== "object" || value === null) return true;
  if (!Object.isFrozen(value) || !isPlain(value)) return false;
  return Object.values(Object.getOwnPropertyDescriptors(value)).every(
    (member) => "value" in member && isFrozenThroughout(member.value),
  );
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}
