import fc from "fast-check";
import { expect, it } from "vitest";
import { fitNames } from "../../src/history/fitted-names.ts";

const rule = { characters: /[\w-]/, longest: 20 };

it("leaves what fits, and gives each name back", () => {
  const names = ["get_weather", "get weather", "get.weather", "x".repeat(21), "x".repeat(22)];
  const { fitted, given } = fitNames(names, rule);
  expect(fitted("get_weather")).toBe("get_weather");
  const all = names.map(fitted);
  expect(new Set(all).size).toBe(names.length);
  expect(all.map(given)).toEqual(names);
  expect(given("get_wetter")).toBeUndefined();
});

it("keeps a name apart from one that is already what it would be", () => {
  const would = fitNames(["a b"], rule).fitted("a b");
  const { fitted, given } = fitNames(["a b", would], rule);
  expect(fitted(would)).toBe(would);
  expect(fitted("a b")).not.toBe(would);
  expect(given(fitted("a b"))).toBe("a b");
});

it("fits a name that is not offered", () => {
  expect(fitNames([], rule).fitted("a b")).toMatch(/^a_b_[0-9a-f]{8}$/);
});

// anthropics/claude-code#2412, #19770; mims-harvard/ToolUniverse#65
it("makes of different names different ones that fit, whatever they are", () => {
  const name = fc.oneof(
    fc.string({ minLength: 1, unit: "grapheme" }),
    fc.constantFrom("a", "a b", "a.b", "a/b", "ä", "x".repeat(30)),
  );
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 12 }), (names) => {
      const { fitted, given } = fitNames(names, rule);
      expect(names.map((each) => given(fitted(each)))).toEqual(names);
      for (const each of names) expect(fitted(each)).toMatch(/^[\w-]{1,20}$/);
    }),
  );
});
