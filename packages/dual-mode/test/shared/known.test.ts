import { expect, test } from "vitest";
import { limitsIn, readKnown, writeKnown } from "../../src/shared/known.ts";

test("a text of somebody else's changes nothing but what is known", () => {
  const text = '{"form":1,"limits":{"a":{"learned":{"limit":3,"__proto__":{"polluted":1}}}}}';
  const known = readKnown(text);
  expect(limitsIn(known, "a").limit).toBe(3);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("of models whose names callers make up, the newest 256 are kept", () => {
  const known = readKnown("");
  for (let index = 0; index < 300; index += 1) limitsIn(known, `x${index}`).release(1_000 + index);
  const models = [...readKnown(writeKnown(known, 1_400).text).limits.keys()];
  expect(models).toHaveLength(256);
  expect(models).toContain("x299");
  expect(models).not.toContain("x0");
});
