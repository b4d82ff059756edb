import { expect, test } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { networkError } from "../../src/http/network-error.ts";

const withCode = (code: string, message = "why") => Object.assign(new Error(message), { code });
const fetchFailed = (cause: unknown) => new TypeError("fetch failed", { cause });
class APIConnectionError extends Error {}
class APIConnectionTimeoutError extends APIConnectionError {}

test.each([
  ["ECONNREFUSED", fetchFailed(withCode("ECONNREFUSED")), "NETWORK", "ECONNREFUSED"],
  ["ECONNRESET", withCode("ECONNRESET"), "NETWORK", "ECONNRESET"],
  ["ENOTFOUND", fetchFailed(withCode("ENOTFOUND")), "NETWORK", "ENOTFOUND"],
  ["EAI_AGAIN", fetchFailed(withCode("EAI_AGAIN")), "NETWORK", "EAI_AGAIN"],
  ["a broken socket", fetchFailed(withCode("UND_ERR_SOCKET")), "NETWORK", "UND_ERR_SOCKET"],
  ["a cut body", new TypeError("terminated"), "NETWORK", "terminated"],
  ["a malformed answer", fetchFailed(withCode("HPE_INVALID_CONSTANT")), "NETWORK", "HPE_"],
  ["fetch without a cause", new TypeError("fetch failed"), "NETWORK", "fetch failed"],
  ["an SDK's connection error", new APIConnectionError("oh"), "NETWORK", "oh"],
  ["an SDK's time-out", new APIConnectionTimeoutError("oh"), "TIMEOUT", "oh"],
  ["ETIMEDOUT", fetchFailed(withCode("ETIMEDOUT")), "TIMEOUT", "ETIMEDOUT"],
  ["undici's", fetchFailed(withCode("UND_ERR_HEADERS_TIMEOUT")), "TIMEOUT", "UND_ERR_HEADERS"],
  ["a time-out signal's", new DOMException("late", "TimeoutError"), "TIMEOUT", "late"],
  [
    "several addresses",
    fetchFailed(new AggregateError([withCode("ECONNREFUSED"), withCode("ENETUNREACH")])),
    "NETWORK",
    "ECONNREFUSED",
  ],
  [
    "a certificate",
    fetchFailed(withCode("DEPTH_ZERO_SELF_SIGNED_CERT")),
    "NETWORK",
    "certificate was refused",
  ],
])("%s", (_, error, code, words) => {
  expect(networkError(error)).toMatchObject({
    code,
    message: expect.stringContaining(words),
    fix: expect.any(String),
    cause: error,
  });
});

test("OpenSSL's reason is read where a write met it first", () => {
  const words =
    "write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../x.c:354:";
  expect(networkError(fetchFailed(withCode("EPROTO", words)))).toMatchObject({
    message: "The server does not speak TLS there (ERR_SSL_WRONG_VERSION_NUMBER).",
    retryable: false,
  });
  expect(networkError(fetchFailed(withCode("EPROTO", "write EPROTO")))).toMatchObject({
    message: "The TLS connection to the server failed (EPROTO).",
    retryable: true,
  });
});

const circular = new Error("round");
circular.cause = circular;

test.each([
  ["a bug", new TypeError("x is not a function")],
  ["an abort", new DOMException("aborted", "AbortError")],
  ["an error of ours", new DualModeError("TIMEOUT", "x", { cause: withCode("ECONNRESET") })],
  ["a text", "ECONNRESET"],
  ["nothing", undefined],
  ["an object of no class", Object.create(null)],
  ["a chain without end", circular],
])("%s is none", (_, error) => {
  expect(networkError(error)).toBeUndefined();
});
