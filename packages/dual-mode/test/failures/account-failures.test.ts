import { expect, test } from "vitest";
import { judgeRefusal } from "../../src/failures/judge-refusal.ts";
import { areJudged, error, page } from "./told-refusals.ts";

areJudged([
  [
    "OthersideAI/self-operating-computer#29",
    429,
    error("You exceeded your current quota", "insufficient_quota", "insufficient_quota"),
    "QUOTA_EXHAUSTED",
  ],
  [
    "platform.openai.com error codes: billing",
    429,
    error("Billing hard limit has been reached", undefined, "billing_hard_limit_reached"),
    "QUOTA_EXHAUSTED",
  ],
  [
    "continuedev/continue#10740",
    429,
    "Your team has either used all available credits or reached its monthly spending limit.",
    "QUOTA_EXHAUSTED",
  ],
  [
    "Anantys-oss/koan#2412",
    403,
    error("permission-denied: Your team has reached its monthly spending limit"),
    "QUOTA_EXHAUSTED",
  ],
  ["cline/cline#10207", 429, error("Limit", undefined, "SPEND_LIMIT_EXCEEDED"), "QUOTA_EXHAUSTED"],
  [
    "BerriAI/litellm#18554",
    400,
    error("Budget has been exceeded! Current cost: 0.0", "budget_exceeded", "400"),
    "QUOTA_EXHAUSTED",
  ],
  [
    "BerriAI/litellm#37736",
    undefined,
    error("exceeded budget for model=claude", "budget_exceeded", "429"),
    "QUOTA_EXHAUSTED",
  ],
  [
    "popjane/free_chatgpt_api#78",
    403,
    error("user quota is not enough", "v_api_error", "insufficient_user_quota"),
    "QUOTA_EXHAUSTED",
  ],
  [
    "NousResearch/hermes-agent#65563",
    429,
    error("you (name) have reached your session usage limit, upgrade for higher limits"),
    "QUOTA_EXHAUSTED",
  ],
  [
    "justrach/codegraff2#90",
    429,
    error("To use it with your plan, upgrade", "usage_not_included"),
    "QUOTA_EXHAUSTED",
  ],
  ["open-assistant-org/open-assistant#80", 402, error("Insufficient credits."), "QUOTA_EXHAUSTED"],
  [
    "tailcallhq/forgecode#571",
    undefined,
    { error: error("More credits are required to run this request.", undefined, 402) },
    "QUOTA_EXHAUSTED",
  ],
  ["openrouter.ai/docs: limits", 403, error("Key limit exceeded (total limit)"), "QUOTA_EXHAUSTED"],
  [
    "openrouter.ai/docs: limits",
    429,
    error("Rate limit exceeded: free-models-per-day. Add credits", undefined, 429),
    "QUOTA_EXHAUSTED",
  ],
  ["api-docs.deepseek.com: 402", 402, error("Insufficient Balance"), "QUOTA_EXHAUSTED"],
  [
    "docs.aws.amazon.com: Bedrock quotas",
    429,
    { message: "Too many tokens per day, please wait before trying again." },
    "QUOTA_EXHAUSTED",
  ],
  [
    "platform.openai.com error codes: 403",
    403,
    error(
      "Country, region, or territory not supported",
      "x",
      "unsupported_country_region_territory",
    ),
    "AUTHENTICATION_FAILED",
  ],
  [
    "platform.openai.com error codes: 401",
    401,
    error("Incorrect API key provided", "invalid_request_error", "invalid_api_key"),
    "AUTHENTICATION_FAILED",
  ],
  [
    "openai/openai-python: a key of a closed account",
    403,
    error("Your account is deactivated", undefined, "account_deactivated"),
    "AUTHENTICATION_FAILED",
  ],
  ["a proxy's own words", 400, { detail: "Invalid API key" }, "AUTHENTICATION_FAILED"],
  [
    "docs.litellm.ai: virtual keys",
    401,
    error("key not allowed to access model. This key can only", "key_model_access_denied", "401"),
    "MODEL_NOT_FOUND",
  ],
  [
    "docs.aws.amazon.com: Bedrock model access",
    403,
    { message: "You don't have access to the model with the specified model ID." },
    "MODEL_NOT_FOUND",
  ],
  [
    "platform.openai.com: project without a model",
    403,
    error(
      "Project `p` does not have access to model `gpt-x`",
      "invalid_request_error",
      "model_not_found",
    ),
    "MODEL_NOT_FOUND",
  ],
  [
    "lobehub/lobehub#2143",
    403,
    page("Attention Required! | Cloudflare", "Sorry, you have been blocked"),
    "AUTHENTICATION_FAILED",
  ],
  ["orzogc/grok3_api#6", 403, page("Just a moment..."), "AUTHENTICATION_FAILED"],
]);

test("a request that is too large for the plan's minute leaves the key alone for no time", () => {
  // openai/openai-cookbook: rate limits; the wait that is named would not help.
  const said =
    "Request too large for gpt-x in organization org-x on tokens per min (TPM): Limit 10000, Requested 12000. Please try again in 6s.";
  const verdict = judgeRefusal(error(said, "tokens", "rate_limit_exceeded"), { status: 429 });
  expect(verdict).toMatchObject({ code: "QUOTA_EXHAUSTED", cooldown: 0 });
  expect(verdict).not.toHaveProperty("retryAfter");
});

test("a request that the credit left does not pay leaves the key alone for no time", () => {
  // can1357/oh-my-pi#9569: a smaller one is answered at the same moment.
  const said =
    "This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 30104.";
  expect(judgeRefusal(error(said, undefined, 402))).toMatchObject({
    code: "QUOTA_EXHAUSTED",
    cooldown: 0,
  });
});
