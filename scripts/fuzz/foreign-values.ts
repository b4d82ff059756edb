import fc from "fast-check";

/** What stands where something else was due. */
const leaves: readonly fc.Arbitrary<unknown>[] = [
  fc.constantFrom(null, "", 0, -1, true, "null", "constructor", "__proto__", Number.MAX_VALUE),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.double(),
];

/**
 * JSON values made of the names and words that a vendor uses, in every wrong place.
 * @param words Texts that mean something to the reader: types, reasons.
 */
export function foreignValues(
  names: readonly string[],
  words: readonly string[],
): fc.Arbitrary<unknown> {
  const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, fc.string());
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.oneof(fc.constantFrom(...words), ...leaves),
      fc.dictionary(name, tie("value"), { maxKeys: 5 }),
      fc.array(tie("value"), { maxLength: 3 }),
    ),
  }));
  return value;
}

/** One value of an object tree changed into another: an answer as a vendor sends it, with a fault in it. */
export function withFault(whole: unknown, place: number, other: unknown): unknown {
  let count = 0;
  const walk = (value: unknown): unknown => {
    if (count++ === place) return other;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(whole);
}
