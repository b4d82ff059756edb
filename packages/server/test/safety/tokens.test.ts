import { expect, test } from "vitest";
import { expectedOf, sameToken } from "../../src/safety/same-token.ts";
import { tokenOf } from "../../src/safety/token-of.ts";

test.each([
  ["a bearer", { authorization: "Bearer abc" }, "abc"],
  ["a bearer in another writing", { authorization: "bearer  abc " }, "abc"],
  ["x-api-key", { "x-api-key": "abc" }, "abc"],
  ["both, as Continue sends them", { authorization: "Bearer abc", "x-api-key": "abc" }, "abc"],
  ["a bearer beside another service's key", { authorization: "Bearer a", "x-api-key": "b" }, "a"],
  [
    "x-api-key beside a login of another kind",
    { authorization: "Basic eA==", "x-api-key": "b" },
    "b",
  ],
  ["nothing", {}, undefined],
  ["an empty bearer", { authorization: "Bearer " }, undefined],
  ["an empty key", { "x-api-key": " " }, undefined],
  ["two words", { authorization: "Bearer a b" }, undefined],
])("the token of %s", (_, headers, token) => {
  expect(tokenOf(new Headers(headers as Record<string, string>))).toBe(token);
});

test("tokens are the same only whole", () => {
  expect(sameToken("abc", expectedOf("abc"))).toBe(true);
  for (const wrong of ["", "ab", "abcd", "ABC", "abc ", "abc\0"])
    expect(sameToken(wrong, expectedOf("abc"))).toBe(false);
});

test.each([255, 256, 257, 1_000])("tokens of %i bytes are compared to their last", (length) => {
  const token = "t".repeat(length - 1);
  expect(sameToken(`${token}a`, expectedOf(`${token}a`))).toBe(true);
  for (const wrong of [token, `${token}b`, `${token}aa`, `${token}é`])
    expect(sameToken(wrong, expectedOf(`${token}a`))).toBe(false);
});

test("one token leaves nothing behind for the next", () => {
  const long = "é".repeat(128);
  expect(sameToken(long, expectedOf(long))).toBe(true);
  expect(sameToken("x".repeat(256), expectedOf("x"))).toBe(false);
  expect(sameToken("é".repeat(256), expectedOf("x"))).toBe(false);
  expect(sameToken("x", expectedOf("x"))).toBe(true);
});
