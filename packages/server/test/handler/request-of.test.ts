import { expect, test } from "vitest";
import { frozen } from "../../src/handler/frozen.ts";
import { requestOf } from "../../src/handler/request-of.ts";
import type { Route } from "../../src/models/route.ts";
import type { WireRequest } from "../../src/wires/wire.ts";

const route = (model?: string) => ({ model }) as unknown as Route;
const request = (): WireRequest => ({ messages: [{ role: "user", content: "a" }] });

test("a call that comes again asks with the same frozen object", () => {
  const kept = frozen(request());
  const first = requestOf(kept, route("m"), 9);
  expect(first).toEqual({ ...request(), model: "m", maxOutputTokens: 9 });
  expect(Object.isFrozen(first)).toBe(true);
  expect(requestOf(kept, route("m"), 9)).toBe(first);
});

test.each([
  ["another model", "other", 9],
  ["another bound", "m", 8],
  ["no model", undefined, 9],
  ["no bound", "m", undefined],
])("%s is another request", (_, model, bound) => {
  const kept = frozen(request());
  requestOf(kept, route("m"), 9);
  expect(requestOf(kept, route(model), bound)).toEqual({
    ...request(),
    ...(model !== undefined && { model }),
    ...(bound !== undefined && { maxOutputTokens: bound }),
  });
});

test("a request that may be changed is asked anew", () => {
  const open = request();
  expect(requestOf(open, route("m"), 9)).not.toBe(requestOf(open, route("m"), 9));
});

test("bytes stay as they are", () => {
  const data = new Uint8Array(2);
  const value = frozen({ data, list: [{ a: 1 }] });
  expect(Object.isFrozen(value.list[0])).toBe(true);
  expect(Object.isFrozen(data)).toBe(false);
});
