import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { CacheError, openCache } from "../src/index.ts";

const cache = openCache({ store: [] });
const key = (request: unknown): string => cache.key(request);

function refusal(request: unknown): CacheError {
  try {
    key(request);
  } catch (error) {
    if (CacheError.is(error)) return error;
  }
  throw new Error("it was not refused");
}

test("a key is a CIDv1 of DAG-CBOR and sha2-256, 59 characters, and fixed for all time", () => {
  expect(key({ model: "m", messages: [{ role: "user", content: "Hé" }] })).toBe(
    "bafyreiczjucknv6m2tl5mlrs2ynbqxubrcj6treqkhao5xnf4sw57z5vki",
  );
  expect(key({})).toMatch(/^bafyrei[a-z2-7]{52}$/);
});

const cycle: Record<string, unknown> = {};
cycle.inner = [cycle];
let deep: unknown = 1;
for (let level = 0; level < 10_000; level++) deep = [deep];

describe("what has no canonical form is refused, with place and reason", () => {
  test.each([
    [{ a: Number.NaN }, "request.a", "is NaN"],
    [{ a: [1, Number.POSITIVE_INFINITY] }, "request.a[1]", "is Infinity"],
    [{ a: { b: [undefined] } }, "request.a.b[0]", "is undefined"],
    [{ a: 1n }, "request.a", "is a BigInt"],
    [{ "a b": new Date(0) }, 'request["a b"]', "is a Date"],
    [{ a: new Map() }, "request.a", "is a Map"],
    [{ a: new Set() }, "request.a", "is a Set"],
    [{ a: /x/ }, "request.a", "is a RegExp"],
    [{ a: () => 1 }, "request.a", "is a function"],
    [{ a: Symbol("s") }, "request.a", "is a symbol"],
    [{ a: new (class Thing {})() }, "request.a", "is an instance of a class"],
    [{ a: new Float64Array(1) }, "request.a", "is a Float64Array"],
    [{ a: "\ud800" }, "request.a", "holds a lone surrogate"],
    [{ a: `${"x".repeat(100)}\udfff` }, "request.a", "holds a lone surrogate"],
    [{ a: `${"日本語".repeat(1000)}\udfff` }, "request.a", "holds a lone surrogate"],
    [{ "\ud801": 1 }, 'request["\\ud801"]', "has a lone surrogate in its name"],
    [cycle, "request.inner[0]", "is a cycle: it contains itself"],
    ["text", "request", "is not a plain object"],
    [[1], "request", "is not a plain object"],
    [undefined, "request", "is not a plain object"],
  ])("%#", (request, path, reason) => {
    const error = refusal(request);
    expect(error).toMatchObject({ code: "NOT_CACHEABLE", path, reason, retryable: false });
    expect(error.message).toContain(reason);
  });

  test("a depth of 10,000 is refused, in a message that can be read; 190 is not", () => {
    const error = refusal({ deep });
    expect(error.reason).toBe("lies deeper than 200 levels");
    expect(error.message.length).toBeLessThan(300);
    let shallow: unknown = 1;
    for (let level = 0; level < 190; level++) shallow = { shallow };
    expect(key({ shallow })).toHaveLength(59);
  });
});

describe("different requests have different keys", () => {
  test.each([
    [{ a: "1" }, { a: 1 }],
    [{ a: null }, {}],
    [{ a: "" }, { a: null }],
    [{ a: [] }, { a: {} }],
    [{ a: [[1], 2] }, { a: [1, [2]] }],
    [{ a: new Uint8Array([1]) }, { a: { 0: 1 } }],
    [{ a: new Uint8Array([1]) }, { a: [1] }],
    [{ a: "é" }, { a: "e\u0301" }],
    [{ a: "\ufffd" }, { a: "\ufffe" }],
    [{ a: 1 }, { a: 1.0000000000000002 }],
    [{ a: false }, { a: 0 }],
    [
      { system: "You are A.", prompt: "x" },
      { system: "You are B.", prompt: "x" },
    ],
    [
      { model: "m", prompt: "x" },
      { model: "m", prompt: "x", sample: 1 },
    ],
    [
      { prompt: "x", sample: 2 },
      { prompt: "x", sample: 1 },
    ],
    [{ prompt: "x" }, { prompt: "x", parameter_of_next_year: true }],
    [{ messages: [{ timeout: 1 }] }, { messages: [{ timeout: 2 }] }],
    [JSON.parse('{"__proto__":1}'), {}],
    [JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":2}')],
  ])("%#", (one, other) => {
    expect(key(one)).not.toBe(key(other));
  });
});

describe("one request has one key", () => {
  test.each([
    [
      { b: 1, a: 2, aa: 3 },
      { aa: 3, a: 2, b: 1 },
    ],
    [{ a: undefined, b: 1 }, { b: 1 }],
    [{ a: -0 }, { a: 0 }],
    [{ a: Buffer.from([1, 2]) }, { a: new Uint8Array([1, 2]) }],
    [{ a: Object.assign(Object.create(null), { b: 1 }) }, { a: { b: 1 } }],
    [runInNewContext("({ a: [1, { b: 2 }] })"), { a: [1, { b: 2 }] }],
  ])("%#", (one, other) => {
    expect(key(one)).toBe(key(other));
  });

  test("whatever cannot change the answer is left out", () => {
    const bare = { model: "m", messages: [] };
    const signal = new AbortController().signal;
    const noise = { apiKey: "k", signal, timeout: 5, maxRetries: 2, requestId: "r", stream: true };
    expect(key({ ...bare, ...noise })).toBe(key(bare));
  });
});

test("a request that makes another key while it is read gets its own", () => {
  const plain = { inner: "x".repeat(50), z: 1 };
  const nested = {
    get inner() {
      key({ other: "y".repeat(500) });
      return "x".repeat(50);
    },
    z: 1,
  };
  expect(key(nested)).toBe(key(plain));
});

test("a structure that repeats itself without end is refused, not expanded", () => {
  let bomb: unknown = "x".repeat(1000);
  for (let level = 0; level < 40; level++) bomb = [bomb, bomb];
  expect(refusal({ bomb }).reason).toBe("is too large");
});
