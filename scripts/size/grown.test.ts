import { expect, test } from "vitest";
import { grown } from "./grown.ts";

const recorded = { one: { packed: 1_000, installed: 10_000 } };

test("a package may shrink, and grow by a fifth", () => {
  expect(grown(recorded, { one: { packed: 1_200, installed: 9_000 } })).toEqual([]);
});

test.each([
  [{ packed: 1_201, installed: 10_000 }, /^one grew: packed 1000 to 1201 bytes/],
  [{ packed: 1_000, installed: 12_001 }, /^one grew: installed 10000 to 12001 bytes/],
])("more is found: %j", (weight, said) => {
  expect(grown(recorded, { one: weight })).toEqual([expect.stringMatching(said)]);
});

test("a package that nobody has recorded is found", () => {
  const both = { ...recorded, two: { packed: 1, installed: 1 } };
  expect(grown(recorded, both)).toEqual([expect.stringMatching(/^two is not recorded/)]);
});
