import fc from "fast-check";

const nested = fc
  .tuple(fc.constantFrom("[", '{"a":'), fc.integer({ min: 1, max: 50_000 }), fc.boolean())
  .map(([open, depth, isClosed]) => {
    const close = open === "[" ? "]" : "}";
    return `${open.repeat(depth)}1${isClosed ? close.repeat(depth) : ""}`;
  });

/** JSON, JSON with a part cut out, and JSON nested deeper than anybody means. */
export const jsonText: fc.Arbitrary<string> = fc.oneof(
  fc.json(),
  fc
    .tuple(fc.json(), fc.nat(80), fc.nat(8))
    .map(([text, from, length]) => text.slice(0, from) + text.slice(from + length)),
  { arbitrary: nested, weight: 1 },
);
