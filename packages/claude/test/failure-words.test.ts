import type { Code } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { toError } from "../src/sdk/error.ts";
import { fromCli, fromSdk } from "./failure-scene.ts";

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
    "Alishahryar1/free-claude-code#87",
    "Your account does not have access to Claude Code. Please run /login.",
    undefined,
    "AUTHENTICATION_FAILED",
  ],
  ["anthropics/claude-code#79500", "API Error: Rate limit reached", undefined, "RATE_LIMITED"],
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
  [
    "a proxy that refuses the tunnel, of Claude Code 2.1.330",
    "API Error: Couldn't connect through your proxy (ERR_PROXY_TUNNEL) — the proxy refused the tunnel",
    undefined,
    "NETWORK",
  ],
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

it.each([
  [
    "anthropics/claude-code#74369",
    "API Error: Unable to connect to API: Self-signed certificate detected. Check your proxy or corporate SSL certificates",
    "NODE_EXTRA_CA_CERTS",
  ],
  [
    "anthropics/claude-code#2816",
    "Failed to connect: UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "NODE_EXTRA",
  ],
  ["anthropics/claude-code#71708", "Unable to connect to API (CERT_HAS_EXPIRED)", "renewed"],
])("%s: a certificate that the CLI refused is refused for good: %j", async (_, said, fix) => {
  expect(await fromCli(said)).toMatchObject({
    code: "NETWORK",
    retryable: false,
    fix: expect.stringContaining(fix),
  });
});

it("a request that only extra usage pays leaves the key alone for no time", async () => {
  const message = "Extra usage is required for long context requests.";
  expect(await fromSdk(429, "rate_limit_error", message)).toMatchObject({ cooldown: 0 });
});

it("a page in the place of an answer is told by its words", async () => {
  // As the SDK throws a body that is not JSON.
  const page = "403 <html><head><title>403 Forbidden</title></head><body>nginx</body></html>";
  const error = await toError(Object.assign(new Error(page), { status: 403, error: undefined }));
  expect(error).toMatchObject({
    code: "NETWORK",
    message: expect.stringContaining("403 Forbidden nginx"),
  });
});
