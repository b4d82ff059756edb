import { expect, test } from "vitest";
import { isFrozenThroughout } from "../../src/request/is-frozen-throughout.ts";

const { freeze } = Object;

test.each<[string, unknown, boolean]>([
  ["a text", "a", true],
  ["nothing", null, true],
  ["a frozen list of frozen objects", freeze([freeze({ a: freeze([1, "b", null]) })]), true],
  ["an object without a prototype", freeze(Object.assign(Object.create(null), { a: 1 })), true],
  ["an object", { a: 1 }, false],
  ["an object in a frozen list", freeze([{ a: 1 }]), false],
  ["a list in a frozen object", freeze({ a: [] }), false],
  ["bytes", freeze({ data: new Uint8Array(2) }), false],
  ["a date", freeze({ at: freeze(new Date()) }), false],
  ["an instance of a class", freeze(new (class Box {})()), false],
  ["a function", freeze({ run: freeze(() => 1) }), false],
  ["a member that is computed", freeze(Object.defineProperty({}, "a", { get: () => 1 })), false],
  ["what hides in a member that is not listed", hiding({ a: 1 }), false],
])("%s", (_, value, isFrozen) => {
  expect(isFrozenThroughout(value)).toBe(isFrozen);
});

function hiding(value: object): object {
  return freeze(Object.defineProperty({}, "hidden", { value, enumerable: false }));
}
