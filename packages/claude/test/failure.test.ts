import type { Code } from "@acc/dual-mode";
import type { DualModeError } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { resultError } from "../src/cli/error.ts";
import { toResult } from "../src/cli/result.ts";
import { resetIn } from "../src/reset-in.ts";
import { toError } from "../src/sdk/error.ts";

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

const body = (type: string, message: string) => ({ type: "error", error: { type, message } });

/** As the SDK throws it: without a status in mid-stream. */
function fromSdk(status: number | undefined, type: string, message: string): Promise<unknown> {
  const error = body(type, message);
  return toError(Object.assign(new Error(JSON.stringify(error)), { status, type, error }));
}

const fromCli = (result: string, status?: number, kind?: string) =>
  resultError(
    toResult({ result, is_error: true, api_error_status: status ?? null }),
    kind,
    false,
    "key",
  );

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

const words: readonly (readonly [string, string, string | undefined, Code])[] = [
  [
    "anthropics/claude-code#19472",
    "You've hit your limit · resets 11pm (America/Anchorage)",
    "rate_limit",
    "QUOTA_EXHAUSTED",
  ],
  [
    "anthropics/claude-code#81647",
    "You've hit your weekly limit · resets Jul 31, 2am (UTC)",
    "rate_limit",
    "QUOTA_EXHAUSTED",
  ],
  [
    "anthropics/claude-code#81975",
    "You’ve hit your session limit · resets 12:50pm (Europe/Paris)",
    "rate_limit",
    "QUOTA_EXHAUSTED",
  ],
  [
    "anthropics/claude-code#12789",
    "Weekly limit reached · resets 10am (Asia/Seoul) · /upgrade to Max or turn on /extra-usage",
    undefined,
    "QUOTA_EXHAUSTED",
  ],
  ["a window of five hours", "5-hour limit reached ∙ resets 3pm", undefined, "QUOTA_EXHAUSTED"],
  [
    "a week of one model",
    "Opus weekly limit reached ∙ resets Oct 6, 1pm",
    undefined,
    "QUOTA_EXHAUSTED",
  ],
  [
    "extra usage that is spent",
    "You're out of extra usage · resets 2am (Europe/Istanbul)",
    "rate_limit",
    "QUOTA_EXHAUSTED",
  ],
  [
    "Claude Code before 2.0",
    "Claude AI usage limit reached|1795361578",
    undefined,
    "QUOTA_EXHAUSTED",
  ],
  [
    "anthropics/claude-code#65902",
    "API Error: Server is temporarily limiting requests (not your usage limit) · Rate limited",
    "rate_limit",
    "OVERLOADED",
  ],
  [
    "a limit of the rate",
    "API Error: Request rejected (429) · this may be a temporary limit",
    "rate_limit",
    "RATE_LIMITED",
  ],
  [
    "anthropics/claude-code#65044",
    "Your organization has disabled Claude subscription access for Claude Code",
    "oauth_org_not_allowed",
    "AUTHENTICATION_FAILED",
  ],
  [
    "Claude Code 2.1.330, of a key's organization",
    "Your ANTHROPIC_API_KEY belongs to a disabled organization · Update or unset the environment variable",
    "invalid_request",
    "AUTHENTICATION_FAILED",
  ],
  [
    "a plan without the model",
    "Claude Opus is not available with the Claude Pro plan",
    undefined,
    "MODEL_NOT_FOUND",
  ],
  [
    "a model that is not there",
    "There's an issue with the selected model (x). It may not exist",
    undefined,
    "MODEL_NOT_FOUND",
  ],
  [
    "what the policy forbids",
    "API Error: Claude Code is unable to respond to this request, which appears to violate our Usage Policy",
    undefined,
    "CONTENT_FILTERED",
  ],
  ["no network", "API Error: Unable to connect to API (ECONNREFUSED)", undefined, "NETWORK"],
  ["a time-out", "Request timed out", undefined, "TIMEOUT"],
  ["a prompt too long", "Prompt is too long", "invalid_request", "CONTEXT_TOO_LONG"],
  ["words that nobody knows", "Something else", undefined, "SERVER_ERROR"],
  ["a request that is wrong", "Something else", "invalid_request", "INVALID_REQUEST"],
];

describe("what the CLI says in words", () => {
  it.each(words)("%s: %j (%s) is %s", async (_, said, kind, code) => {
    expect((await fromCli(said, undefined, kind)).code).toBe(code);
  });

  it("a limit's end is told where the words name it", async () => {
    const soon = Math.ceil(Date.now() / 1000) + 3600;
    const { retryAfter = 0 } = await fromCli(`Claude AI usage limit reached|${soon}`);
    expect(retryAfter).toBeGreaterThan(3_590_000);
    expect(retryAfter).toBeLessThanOrEqual(3_601_000);
  });
});

it("a request that only extra usage pays leaves the key alone for no time", async () => {
  const message = "Extra usage is required for long context requests.";
  expect(await fromSdk(429, "rate_limit_error", message)).toMatchObject({ cooldown: 0 });
});

it("a page in the place of an answer is told by its words", async () => {
  // As the SDK throws a body that is no JSON.
  const page = "403 <html><head><title>403 Forbidden</title></head><body>nginx</body></html>";
  const error = await toError(Object.assign(new Error(page), { status: 403, error: undefined }));
  expect(error).toMatchObject({
    code: "AUTHENTICATION_FAILED",
    message: expect.stringContaining("403 Forbidden nginx"),
  });
});

describe("when a limit ends", () => {
  const now = Date.parse("2026-11-29T15:00:00Z");
  const hour = 3_600_000;

  it.each([
    ["resets 6pm (UTC)", 3 * hour],
    ["resets 2pm (UTC)", 23 * hour],
    ["resets at 3:30pm (UTC)", 0.5 * hour],
    ["resets 12am (UTC)", 9 * hour],
    ["resets 12:30am (Asia/Tokyo)", 0.5 * hour],
    ["resets 11am (America/New_York)", hour],
    ["resets Dec 1, 3pm (UTC)", 48 * hour],
    ["resets Dec 1 at 3pm (UTC)", 48 * hour],
    ["resets Jan 2, 3pm (UTC)", 34 * 24 * hour],
    ["usage limit reached|1795968000", 1_795_968_000_000 - now],
    ["regain access on 2026-12-01 at 00:00 UTC.", 33 * hour],
    ["usage limit reached|1000000000", 0],
    ["resets soon", undefined],
    ["resets 99pm", undefined],
    ["resets Foo 1, 3pm", undefined],
    ["", undefined],
  ])("%j", (said, wait) => {
    expect(resetIn(said, now)).toBe(wait);
  });

  it("in a zone that nobody knows, the machine's own is taken", () => {
    expect(resetIn("resets 6pm (Mars/Base)", now)).toBe(resetIn("resets 6pm", now));
  });
});
