import type { Code } from "@acc/dual-mode";
import { expect, it } from "vitest";
import { toError } from "../src/sdk/error.ts";

/** Who reported it, the status, the API's type, code and words, what it means. */
const refusals: readonly (readonly [string, number, string, string, string, Code])[] = [
  [
    "koassistant#106, continuedev/continue#10218, ha-groq-cloud-api#27",
    413,
    "tokens",
    "rate_limit_exceeded",
    "Request too large for model `openai/gpt-oss-120b` in organization `org_x` service tier `on_demand` on tokens per minute (TPM): Limit 8000, Requested 32979",
    "QUOTA_EXHAUSTED",
  ],
  [
    "console.groq.com/docs/rate-limits: a minute",
    429,
    "tokens",
    "rate_limit_exceeded",
    "Rate limit reached for model `x` in organization `org_x` on tokens per minute (TPM): Limit 6000, Used 5900, Requested 300. Please try again in 2s.",
    "RATE_LIMITED",
  ],
  [
    "console.groq.com/docs/rate-limits: a day of tokens",
    429,
    "tokens",
    "rate_limit_exceeded",
    "Rate limit reached for model `x` on tokens per day (TPD): Limit 100000. Please try again in 7m12.5s.",
    "QUOTA_EXHAUSTED",
  ],
  [
    "console.groq.com/docs/rate-limits: a day of requests",
    429,
    "requests",
    "rate_limit_exceeded",
    "Rate limit reached for model `x` on requests per day (RPD): Limit 1000.",
    "QUOTA_EXHAUSTED",
  ],
  [
    "songquanpeng/one-api#1764, NVIDIA-NeMo/Guardrails#563",
    400,
    "invalid_request_error",
    "organization_restricted",
    "Organization has been restricted. Please reach out to support.",
    "AUTHENTICATION_FAILED",
  ],
  [
    "console.groq.com/docs/spend-limits",
    400,
    "invalid_request_error",
    "blocked_api_access",
    "API access is blocked: the spend limit is reached.",
    "QUOTA_EXHAUSTED",
  ],
  [
    "orbi-build/orbi#561",
    403,
    "permissions_error",
    "model_permission_blocked_org",
    "The model `groq/compound` is blocked at the organization level.",
    "MODEL_NOT_FOUND",
  ],
  [
    "console.groq.com/docs/model-permissions",
    403,
    "permissions_error",
    "model_permission_blocked_project",
    "The model `x` is blocked at the project level.",
    "MODEL_NOT_FOUND",
  ],
  [
    "console.groq.com: terms of a model",
    400,
    "invalid_request_error",
    "model_terms_required",
    "The model `x` requires terms acceptance.",
    "MODEL_NOT_FOUND",
  ],
  [
    "console.groq.com/docs/deprecations",
    400,
    "invalid_request_error",
    "model_decommissioned",
    "The model `x` has been decommissioned and is no longer supported.",
    "MODEL_NOT_FOUND",
  ],
  [
    "console.groq.com/docs/errors: a model",
    404,
    "invalid_request_error",
    "model_not_found",
    "The model `x` does not exist or you do not have access to it.",
    "MODEL_NOT_FOUND",
  ],
  [
    "vellum-ai/vellum-assistant#25930",
    404,
    "invalid_request_error",
    "unknown_url",
    "Unknown request URL: POST /openai/v1/openai/v1/chat/completions.",
    "WRONG_ADDRESS",
  ],
  [
    "console.groq.com: a network",
    403,
    "",
    "",
    "Access denied. Please check your network settings.",
    "AUTHENTICATION_FAILED",
  ],
  [
    "console.groq.com/docs/errors: a key",
    401,
    "invalid_request_error",
    "invalid_api_key",
    "Invalid API Key",
    "AUTHENTICATION_FAILED",
  ],
  [
    "console.groq.com/docs/errors: flex",
    498,
    "",
    "capacity_exceeded",
    "No capacity.",
    "OVERLOADED",
  ],
  [
    "console.groq.com/docs/structured-outputs",
    400,
    "invalid_request_error",
    "json_validate_failed",
    "Failed to generate JSON. The text was about an insufficient credit balance.",
    "INVALID_OUTPUT",
  ],
  [
    "console.groq.com/docs/tool-use",
    400,
    "invalid_request_error",
    "tool_use_failed",
    "Failed to call a function.",
    "INVALID_OUTPUT",
  ],
  [
    "console.groq.com/docs/errors: length",
    400,
    "invalid_request_error",
    "context_length_exceeded",
    "Please reduce the length of the messages or completion.",
    "CONTEXT_TOO_LONG",
  ],
  [
    "a body over the bound",
    413,
    "",
    "request_too_large",
    "Request Entity Too Large",
    "CONTEXT_TOO_LONG",
  ],
  ["console.groq.com/docs/errors", 503, "", "", "Service Unavailable", "OVERLOADED"],
];

/** As the SDK throws it: with the body, or in mid-stream with its `error` alone and no status. */
function thrown(status: number | undefined, error: object): Promise<unknown> {
  return toError(Object.assign(new Error("x"), { status, error, headers: new Headers() }));
}

it.each(refusals)("%s: %i %s %s %j is %s", async (_, status, type, code, message, expected) => {
  const error = { message, type, code };
  expect(await thrown(status, { error })).toMatchObject({ code: expected, status });
  if (status >= 500 || code === "" || expected === "CONTEXT_TOO_LONG") return;
  expect(await thrown(undefined, error)).toMatchObject({ code: expected, status: undefined });
});

it("a request over the plan's minute leaves the key alone for no time", async () => {
  const error = { message: "Request too large", type: "tokens", code: "rate_limit_exceeded" };
  expect(await thrown(413, { error })).toMatchObject({ code: "QUOTA_EXHAUSTED", cooldown: 0 });
});

it("what the model made is not taken for the vendor's words", async () => {
  const error = { message: "No.", code: "tool_use_failed", failed_generation: "invalid api key" };
  expect(await thrown(400, { error })).toMatchObject({ code: "INVALID_OUTPUT" });
});
