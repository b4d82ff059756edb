import fc from "fast-check";

/** Long enough to be written another way, with every length of UTF-8 in it. */
const longText = fc
  .tuple(
    fc.constantFrom("日本語", "мир", "é", "🙂", "a"),
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.integer({ min: 150, max: 700 }),
  )
  .map(([sign, other, times]) => `${sign}${other} plain é`.repeat(times));

const text = fc.oneof(
  { arbitrary: longText, weight: 1 },
  { arbitrary: fc.string({ maxLength: 30 }), weight: 25 },
  { arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }), weight: 25 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 12 }), weight: 25 },
  {
    arbitrary: fc.constantFrom(
      "__proto__",
      "constructor",
      "",
      "a",
      "é",
      "日本語",
      "x".repeat(300),
      "\u0000",
    ),
    weight: 25,
  },
);

const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 23, 24, 255, 256, 65535, 65536, 2 ** 32, -24, -25, 2 ** 53, 1e300),
);

const leaf = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 30 }),
);

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(text, fc.oneof(tie("tree"), fc.constant(undefined)), { maxKeys: 4 }),
  ),
}));

/** Requests like those of the engine, with anything at all in them. */
export const requests: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    fc.record(
      {
        provider: text,
        model: text,
        system: text,
        messages: fc.array(fc.record({ role: text, content: tree }), { maxLength: 3 }),
        tools: fc.array(fc.dictionary(text, tree, { maxKeys: 3 }), { maxLength: 2 }),
        temperature: number,
        stream: fc.boolean(),
        apiKey: text,
      },
      { requiredKeys: ["model"] },
    ),
    fc.dictionary(text, tree, { maxKeys: 2 }),
  )
  .map(([known, unknown]) => ({ ...unknown, ...known }));
