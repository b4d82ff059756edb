import { expect, test } from "vitest";
import { statusToCode } from "../../src/http/status-to-code.ts";

test.each([
  [301, "INVALID_REQUEST"],
  [400, "INVALID_REQUEST"],
  [401, "AUTHENTICATION_FAILED"],
  [402, "QUOTA_EXHAUSTED"],
  [403, "AUTHENTICATION_FAILED"],
  [404, "MODEL_NOT_FOUND"],
  [405, "INVALID_REQUEST"],
  [408, "TIMEOUT"],
  [413, "CONTEXT_TOO_LONG"],
  [422, "INVALID_REQUEST"],
  [429, "RATE_LIMITED"],
  [500, "SERVER_ERROR"],
  [502, "SERVER_ERROR"],
  [503, "OVERLOADED"],
  [504, "SERVER_ERROR"],
  [529, "OVERLOADED"],
])("%i is %s", (status, code) => {
  expect(statusToCode(status)).toBe(code);
});

test.each([
  [400, "API key not valid. Please pass a valid API key.", "AUTHENTICATION_FAILED"],
  [400, '{"reason":"API_KEY_INVALID"}', "AUTHENTICATION_FAILED"],
  [400, "Your credit balance is too low to access the API", "QUOTA_EXHAUSTED"],
  [429, '{"error":{"code":"insufficient_quota"}}', "QUOTA_EXHAUSTED"],
  [429, "Rate limit reached for model; check plan and billing details", "RATE_LIMITED"],
  [400, "prompt is too long: 205000 tokens > 200000 maximum", "CONTEXT_TOO_LONG"],
  [400, '{"code":"context_length_exceeded"}', "CONTEXT_TOO_LONG"],
  [400, "input length and `max_tokens` exceed context limit", "CONTEXT_TOO_LONG"],
  [400, "The input token count (9) exceeds the maximum number of tokens", "CONTEXT_TOO_LONG"],
  [400, "The response was blocked by the content filter", "CONTENT_FILTERED"],
  [400, "The model `x` has been decommissioned: model_decommissioned", "MODEL_NOT_FOUND"],
  [400, "messages: text content blocks must be non-empty", "INVALID_REQUEST"],
  [500, '{"type":"overloaded_error"}', "OVERLOADED"],
  [404, "prompt is too long", "MODEL_NOT_FOUND"],
])("%i with %j is %s", (status, words, code) => {
  expect(statusToCode(status, words)).toBe(code);
});
