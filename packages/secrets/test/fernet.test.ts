import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fernet, generateFernetKey } from "../src/index.ts";

interface Vector {
  desc?: string;
  token: string;
  now: string;
  ttl_sec: number;
  iv: number[];
  src: string;
  secret: string;
}

const vectors = (name: string): Vector[] =>
  JSON.parse(
    readFileSync(new URL(`./fixtures/vectors/fernet/${name}.json`, import.meta.url), "utf8"),
  );

const at = (time: string): (() => number) => {
  const milliseconds = Date.parse(time);
  return () => milliseconds;
};

describe("the specification's vectors", () => {
  test.each(vectors("generate"))("a token has the given time and opens", (vector) => {
    const fernet = new Fernet(vector.secret, { now: at(vector.now) });
    expect(fernet.decrypt(vector.token).toString()).toBe(vector.src);
    expect(fernet.timestamp(vector.token)).toBe(Date.parse(vector.now));
    const made = Buffer.from(fernet.encrypt(vector.src), "base64url");
    const given = Buffer.from(vector.token, "base64url");
    expect(made.length).toBe(given.length);
    expect(made.subarray(0, 9)).toEqual(given.subarray(0, 9));
  });

  test.each(vectors("verify"))("a token opens within its ttl", (vector) => {
    const fernet = new Fernet(vector.secret, { now: at(vector.now) });
    const opened = fernet.decrypt(vector.token, { ttlSeconds: vector.ttl_sec });
    expect(opened.toString()).toBe(vector.src);
  });

  test.each(vectors("invalid"))("refused: $desc", (vector) => {
    const fernet = new Fernet(vector.secret, { now: at(vector.now) });
    expect(() => fernet.decrypt(vector.token, { ttlSeconds: vector.ttl_sec })).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(INVALID_TOKEN|TOKEN_EXPIRED)$/) }),
    );
  });
});

test("any bytes of any length come back", () => {
  const fernet = new Fernet(generateFernetKey());
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
      expect(new Uint8Array(fernet.decrypt(fernet.encrypt(bytes)))).toEqual(bytes);
    }),
  );
});

test("any changed byte of a token is refused", () => {
  const fernet = new Fernet(generateFernetKey());
  const token = Buffer.from(fernet.encrypt("some value"), "base64url");
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.integer({ min: 1, max: 255 }), (place, mask) => {
      const changed = Buffer.from(token);
      changed[place] = (changed[place] as number) ^ mask;
      expect(() => fernet.decrypt(changed.toString("base64"))).toThrow(
        expect.objectContaining({ code: "INVALID_TOKEN" }),
      );
    }),
  );
});

test("with several keys the first encrypts, each opens, and rotate keeps the time", () => {
  const [old, young] = [generateFernetKey(), generateFernetKey()];
  const token = new Fernet(old, { now: () => 1_000_000 }).encrypt("kept");
  const both = new Fernet([young, old], { now: () => 9_000_000 });
  expect(both.decrypt(token).toString()).toBe("kept");
  const rotated = both.rotate(token);
  const first = new Fernet(young);
  expect(first.decrypt(rotated).toString()).toBe("kept");
  expect(first.timestamp(rotated)).toBe(1_000_000);
  expect(() => first.decrypt(token)).toThrow(expect.objectContaining({ code: "INVALID_TOKEN" }));
});

test("age is looked at only when asked, and a minute of skew is allowed", () => {
  let now = 1_000_000_000;
  const fernet = new Fernet(generateFernetKey(), { now: () => now });
  const token = fernet.encrypt("value");
  now += 10_000;
  expect(fernet.decrypt(token, { ttlSeconds: 10 }).toString()).toBe("value");
  now += 1000;
  expect(() => fernet.decrypt(token, { ttlSeconds: 10 })).toThrow(
    expect.objectContaining({ code: "TOKEN_EXPIRED" }),
  );
  expect(fernet.decrypt(token).toString()).toBe("value");
  now = 1_000_000_000 - 60_000;
  expect(fernet.decrypt(token, { ttlSeconds: 10 }).toString()).toBe("value");
  now -= 1000;
  expect(() => fernet.decrypt(token, { ttlSeconds: 10 })).toThrow(
    expect.objectContaining({ code: "TOKEN_EXPIRED" }),
  );
});

test.each(["", "short", generateFernetKey().slice(0, -1), `AAAA${generateFernetKey()}`])(
  "a key of the wrong form is refused and not shown: %#",
  (key) => {
    expect(() => new Fernet(key)).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
    expect(() => new Fernet([])).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
  },
);
