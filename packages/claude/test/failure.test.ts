import type { Code } from "@acc/dual-mode";
import type { DualModeError } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { body, fromCli, fromSdk } from "./failure-scene.ts";

/** Who reported it, the status, the API's type and words, what it means. */
const refusals: readonly (readonly [string, number, string, string, Code])[] = [
  [
    "anthropics/claude-code#2127, #38035, #38038",
    400,
    "invalid_request_error",
    "You have reached your specified API usage limits. You will regain access on 2027-01-01 at 00:00 UTC.",
    "QUOTA_EXHAUSTED",
  ],
  [
    "docs.anthropic.com: billing",
    400,
    "invalid_request_error",
    "Your credit balance is too low to access the Anthropic API.",
    "QUOTA_EXHAUSTED",
  ],
  ["docs.anthropic.com: errors", 402, "billing_error", "Look at your payment.", "QUOTA_EXHAUSTED"],
  [
    "anthropics/claude-code#29584, #33514, #64982",
    429,
    "rate_limit_error",
    "Extra usage is required for long context requests.",
    "QUOTA_EXHAUSTED",
  ],
  [
    "ianjwhite99/opencode-with-claude#91, earendil-works/pi#3012",
    400,
    "invalid_request_error",
    "Third-party apps now draw from your extra usage, not your plan limits.",
    "QUOTA_EXHAUSTED",
  ],
  [
    "a plan without the long context",
    400,
    "invalid_request_error",
    "The long context beta is not yet available for this subscription.",
    "QUOTA_EXHAUSTED",
  ],
  [
    "anthropics/claude-code#72457, #68985",
    400,
    "invalid_request_error",
    "This organization has been disabled.",
    "AUTHENTICATION_FAILED",
  ],
  [
    "anthropics/claude-code#9635",
    403,
    "permission_error",
    "OAuth token has been revoked. Please obtain a new token.",
    "AUTHENTICATION_FAILED",
  ],
  [
    "anthropics/claude-code#33811",
    401,
    "authentication_error",
    "OAuth token has expired. Please obtain a new token.",
    "AUTHENTICATION_FAILED",
  ],
  [
    "anthropics/claude-code#65714",
    403,
    "permission_error",
    "OAuth authentication is currently not allowed for this organization.",
    "AUTHENTICATION_FAILED",
  ],
  [
    "a login's token without the CLI",
    400,
    "invalid_request_error",
    "This credential is only authorized for use with Claude Code.",
    "AUTHENTICATION_FAILED",
  ],
  [
    "anthropics/claude-code#1613, anthropics/anthropic-sdk-typescript#457",
    403,
    "forbidden",
    "Request not allowed",
    "AUTHENTICATION_FAILED",
  ],
  [
    "docs.anthropic.com: errors, 403",
    403,
    "permission_error",
    "Your organization does not have access to the model claude-x.",
    "MODEL_NOT_FOUND",
  ],
  ["docs.anthropic.com: errors, 404", 404, "not_found_error", "model: claude-0", "MODEL_NOT_FOUND"],
  ["mem0ai/mem0#4693", 404, "not_found_error", "Not Found", "WRONG_ADDRESS"],
  [
    "docs.aws.amazon.com: Bedrock inference",
    400,
    "ValidationException",
    "Invocation of model ID x with on-demand throughput isn't supported.",
    "MODEL_NOT_FOUND",
  ],
  [
    "docs.anthropic.com: errors, 400",
    400,
    "invalid_request_error",
    "prompt is too long: 205000 tokens > 200000 maximum",
    "CONTEXT_TOO_LONG",
  ],
  [
    "docs.anthropic.com: context windows",
    400,
    "invalid_request_error",
    "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
    "CONTEXT_TOO_LONG",
  ],
  ["docs.anthropic.com: errors, 413", 413, "request_too_large", "Too large.", "CONTEXT_TOO_LONG"],
  [
    "anthropics/claude-code: a filter",
    400,
    "invalid_request_error",
    "Output blocked by content filtering policy",
    "CONTENT_FILTERED",
  ],
  [
    "docs.anthropic.com: a bound too high",
    400,
    "invalid_request_error",
    "max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens for claude-x",
    "INVALID_REQUEST",
  ],
  [
    "docs.anthropic.com: rate limits",
    429,
    "rate_limit_error",
    "This request would exceed your organization's rate limit of 30,000 input tokens per minute. Reduce the prompt length.",
    "RATE_LIMITED",
  ],
  ["docs.anthropic.com: errors, 529", 529, "overloaded_error", "Overloaded", "OVERLOADED"],
  ["an overload told as 500", 500, "api_error", "Overloaded", "OVERLOADED"],
  ["docs.anthropic.com: errors, 500", 500, "api_error", "Internal server error", "SERVER_ERROR"],
];

describe("what the API refuses means the same in both modes", () => {
  it.each(refusals)("%s: %i %s %j is %s", async (_, status, type, message, code) => {
    expect(await fromSdk(status, type, message)).toMatchObject({ code, status });
    const said = `API Error: ${status} ${JSON.stringify(body(type, message))}`;
    expect(await fromCli(said)).toMatchObject({ code, status });
    expect(await fromCli(`API Error: ${status} ${message}`, status)).toMatchObject({
      code,
      status,
    });
  });

  // A model that is not there is refused before the stream begins; so is an address.
  const inStream = refusals.filter(([, , , , code]) => code !== "WRONG_ADDRESS");
  it.each(inStream)(
    "in mid-stream, without a status: %s: %i %s %j",
    async (_, _status, type, message, code) => {
      const kinds: Code[] = type === "forbidden" ? [code, "SERVER_ERROR"] : [code];
      expect(kinds).toContain(((await fromSdk(undefined, type, message)) as DualModeError).code);
    },
  );
});
