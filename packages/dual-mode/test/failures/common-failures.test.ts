import { expect, test } from "vitest";
import type { Code } from "../../src/contract/code.ts";
import { commonFailures } from "../../src/failures/common-failures.ts";
import { judgeRefusal } from "../../src/failures/judge-refusal.ts";

/** Who reported it, the status, the body, what it means. */
type Told = readonly [source: string, status: number | undefined, body: unknown, code: Code];

const error = (message: string, type?: string, code?: string | number) => ({
  error: { message, type, code },
});
const page = (title: string, words = "") =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${words}</body></html>`;

const account: readonly Told[] = [
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
];

const request: readonly Told[] = [
  [
    "xorbitsai/inference#3785",
    400,
    error("The decoder prompt (length 17772) is longer than the maximum model length of 16384."),
    "CONTEXT_TOO_LONG",
  ],
  [
    "danny-avila/LibreChat#6926, openai/openai-go#565",
    400,
    error("Your organization must be verified to stream this model."),
    "MODEL_NOT_FOUND",
  ],
  [
    "continuedev/continue#9067",
    400,
    error("Your organization must be verified to generate reasoning summaries."),
    "AUTHENTICATION_FAILED",
  ],
  [
    "yym68686/uni-api#41",
    400,
    [
      {
        error: {
          code: 400,
          message: "Project `p` is not allowed to use Publisher Model `x`",
          status: "FAILED_PRECONDITION",
        },
      },
    ],
    "MODEL_NOT_FOUND",
  ],
  [
    "caozhiyuan/copilot-api#317",
    403,
    [
      {
        error: {
          code: 403,
          message: "Access to this model requires data sharing to be enabled.",
          status: "PERMISSION_DENIED",
        },
      },
    ],
    "MODEL_NOT_FOUND",
  ],
  [
    "docs.aws.amazon.com: IAM and Bedrock",
    403,
    { message: "User: arn is not authorized to perform: bedrock:InvokeModel on resource: x" },
    "MODEL_NOT_FOUND",
  ],
  [
    "BerriAI/litellm#8279",
    400,
    error(
      "litellm.BadRequestError: You passed in model=x. There is no 'model_name' with this string",
    ),
    "MODEL_NOT_FOUND",
  ],
  [
    "ollama/ollama: a model that was not pulled",
    404,
    { error: "model 'llama9' not found, try pulling it first" },
    "MODEL_NOT_FOUND",
  ],
  [
    "vllm: openai server",
    404,
    { object: "error", message: "The model `x` does not exist.", type: "NotFoundError", code: 404 },
    "MODEL_NOT_FOUND",
  ],
  [
    "assafelovic/gpt-researcher#980",
    404,
    error("The API deployment for this resource does not exist.", undefined, "DeploymentNotFound"),
    "MODEL_NOT_FOUND",
  ],
  ["openrouter.ai: an unknown model", 400, error("a/b is not a valid model ID"), "MODEL_NOT_FOUND"],
  [
    "truefoundry/models#826",
    404,
    { status: "failure", message: "No endpoints available matching your data policy." },
    "MODEL_NOT_FOUND",
  ],
  [
    "vllm: a prompt too long",
    400,
    {
      object: "error",
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000",
      type: "BadRequestError",
      code: 400,
    },
    "CONTEXT_TOO_LONG",
  ],
  [
    "ggml-org/llama.cpp: server",
    400,
    error("the request exceeds the available context size", "exceed_context_size_error", 400),
    "CONTEXT_TOO_LONG",
  ],
  [
    "platform.openai.com: a message too long",
    400,
    error("Invalid: string too long.", "invalid_request_error", "string_above_max_length"),
    "CONTEXT_TOO_LONG",
  ],
  ["nginx: client_max_body_size", 413, page("413 Request Entity Too Large"), "CONTEXT_TOO_LONG"],
  [
    "learn.microsoft.com: content filtering",
    400,
    error("The response was filtered due to the prompt triggering", undefined, "content_filter"),
    "CONTENT_FILTERED",
  ],
  [
    "openrouter.ai/docs: moderation",
    403,
    error("x requires moderation on y. Your input was flagged for z.", undefined, 403),
    "CONTENT_FILTERED",
  ],
  ["api-docs.deepseek.com", 400, error("Content Exists Risk"), "CONTENT_FILTERED"],
  ["fastapi: a member is missing", 422, { detail: [{ msg: "Field required" }] }, "INVALID_REQUEST"],
  [
    "a tool that the model made up",
    400,
    error("The model called a tool that was not found in request.tools", "invalid_request_error"),
    "INVALID_REQUEST",
  ],
];

const server: readonly Told[] = [
  [
    "UKGovernmentBEIS/inspect_ai#5218",
    undefined,
    error("some-model is currently over capacity. Please try again.", "internal_server_error"),
    "OVERLOADED",
  ],
  ["ggml-org/llama.cpp: starting", 503, error("Loading model", "unavailable_error"), "OVERLOADED"],
  [
    "platform.moonshot.ai: 429",
    429,
    error("The engine is currently overloaded", "engine_overloaded_error"),
    "OVERLOADED",
  ],
  [
    "google-gemini/gemini-cli#23980",
    429,
    error("No capacity available for model x on the server"),
    "OVERLOADED",
  ],
  ["a provider behind a router", 500, error("Provider returned: overloaded_error"), "OVERLOADED"],
  [
    "openrouter.ai/docs: errors in mid-stream",
    200,
    error("Provider disconnected", undefined, 502),
    "SERVER_ERROR",
  ],
  [
    "docs.aws.amazon.com: Bedrock throttling",
    400,
    { __type: "ThrottlingException", message: "Too many tokens, please wait." },
    "RATE_LIMITED",
  ],
  ["Cloudflare 1015", 429, page("Access denied", "You are being rate limited"), "RATE_LIMITED"],
  ["Cloudflare: the origin is down", 521, page("521: Web server is down"), "SERVER_ERROR"],
  ["Cloudflare: a time-out", 524, page("524: A timeout occurred"), "SERVER_ERROR"],
  ["nothing at all", 500, "", "SERVER_ERROR"],
  ["nothing at all", 429, "", "RATE_LIMITED"],
  ["a list", 429, [error("Resource exhausted", undefined, 429)], "RATE_LIMITED"],
  ["a proxy that wants a password", 407, page("Proxy Authentication Required"), "NETWORK"],
];

const address: readonly Told[] = [
  ["langchain4j/langchain4j#3821", 404, { detail: "Not Found" }, "WRONG_ADDRESS"],
  ["nothing at all", 404, "", "WRONG_ADDRESS"],
  ["a Go server", 404, "404 page not found", "WRONG_ADDRESS"],
  ["express", 404, page("Error", "Cannot POST /v1/models/x:generateContent"), "WRONG_ADDRESS"],
  [
    "google: a path too many",
    404,
    page("Error 404", "The requested URL /v1beta/v1beta/models/x was not found on this server."),
    "WRONG_ADDRESS",
  ],
  [
    "platform.openai.com: a path too many",
    404,
    error("Invalid URL (POST /v1/v1/chat/completions)", "invalid_request_error"),
    "WRONG_ADDRESS",
  ],
  [
    "microsoft/chat-copilot#995",
    404,
    error("Resource not found", undefined, "404"),
    "WRONG_ADDRESS",
  ],
  [
    "lmstudio-ai: an endpoint too many",
    200,
    { error: "Unexpected endpoint or method. (POST /chat/completions)" },
    "WRONG_ADDRESS",
  ],
  ["a web site", 405, page("405 Not Allowed"), "WRONG_ADDRESS"],
  [
    "nginx: http to https",
    400,
    page("400", "The plain HTTP request was sent to HTTPS port"),
    "WRONG_ADDRESS",
  ],
  ["a redirect", 308, "", "WRONG_ADDRESS"],
];

test.each([...account, ...request, ...server, ...address])(
  "%s: %s %j is %s",
  (_, status, body, code) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    for (const form of [body, text]) {
      expect(judgeRefusal(form, { status }).code).toBe(code);
    }
  },
);

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

test("every row names something that it goes by, in small letters", () => {
  for (const { type, words, status } of commonFailures) {
    expect(type ?? words ?? status).toBeDefined();
    expect([type, words]).toEqual([type?.toLowerCase(), words?.toLowerCase()]);
  }
});
