import { expect, test } from "vitest";
import { digestOf, sameToken } from "../../src/safety/same-token.ts";
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
  expect(sameToken("abc", digestOf("abc"))).toBe(true);
  for (const wrong of ["", "ab", "abcd", "ABC", "abc "])
    expect(sameToken(wrong, digestOf("abc"))).toBe(false);
});
