import type { Code } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { runError } from "../src/cli/error.ts";
import { toError } from "../src/sdk/error.ts";

type Details = readonly object[];

const info = (reason: string): Details => [
  { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "googleapis.com" },
];
const quota = (quotaId: string): Details => [
  { "@type": "type.googleapis.com/google.rpc.QuotaFailure", violations: [{ quotaId }] },
  { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "20s" },
];
const spent = "You exceeded your current quota, please check your plan and billing details.";

/** Who reported it, the HTTP status, Google's status and words, details, what it means. */
const refusals: readonly (readonly [string, number, string, string, Details, Code])[] = [
  [
    "ai.google.dev: troubleshooting, a key",
    400,
    "INVALID_ARGUMENT",
    "API key not valid. Please pass a valid API key.",
    info("API_KEY_INVALID"),
    "AUTHENTICATION_FAILED",
  ],
  [
    "a key that is over",
    400,
    "INVALID_ARGUMENT",
    "API key expired. Please renew the API key.",
    info("API_KEY_INVALID"),
    "AUTHENTICATION_FAILED",
  ],
  [
    "dyad-sh/dyad#3626",
    429,
    "RESOURCE_EXHAUSTED",
    "Your prepayment credits are depleted. Please go to AI Studio to manage your billing.",
    [],
    "QUOTA_EXHAUSTED",
  ],
  [
    "google-gemini/gemini-cli#1993, #24641",
    400,
    "FAILED_PRECONDITION",
    "User location is not supported for the API use.",
    [],
    "AUTHENTICATION_FAILED",
  ],
  [
    "EvanZhouDev/gemini-ai#16",
    400,
    "FAILED_PRECONDITION",
    "User location is not supported for the API use without a billing account linked.",
    [],
    "QUOTA_EXHAUSTED",
  ],
  [
    "u14app/neo-chat#45",
    400,
    "FAILED_PRECONDITION",
    "Gemini API free tier is not available in your country. Please enable billing on your project.",
    [],
    "QUOTA_EXHAUSTED",
  ],
  [
    "continuedev/continue#10513, googleapis/python-genai#1764",
    403,
    "PERMISSION_DENIED",
    "Your API key was reported as leaked. Please use another API key.",
    [],
    "AUTHENTICATION_FAILED",
  ],
  [
    "mhawksey/GeminiApp#10",
    403,
    "PERMISSION_DENIED",
    "Requests from referer <empty> are blocked.",
    info("API_KEY_HTTP_REFERRER_BLOCKED"),
    "AUTHENTICATION_FAILED",
  ],
  [
    "continuedev/continue#12781",
    403,
    "PERMISSION_DENIED",
    "Requests to this API are blocked.",
    info("API_KEY_SERVICE_BLOCKED"),
    "AUTHENTICATION_FAILED",
  ],
  [
    "an address that the key is not for",
    403,
    "PERMISSION_DENIED",
    "The provided API key has an IP address restriction.",
    info("API_KEY_IP_ADDRESS_BLOCKED"),
    "AUTHENTICATION_FAILED",
  ],
  [
    "a project without the API",
    403,
    "PERMISSION_DENIED",
    "Generative Language API has not been used in project 1 before or it is disabled.",
    info("SERVICE_DISABLED"),
    "AUTHENTICATION_FAILED",
  ],
  [
    "coaidev/coai#67",
    403,
    "PERMISSION_DENIED",
    "Permission denied: Consumer has been suspended.",
    info("CONSUMER_SUSPENDED"),
    "AUTHENTICATION_FAILED",
  ],
  [
    "a project without billing",
    403,
    "PERMISSION_DENIED",
    "This API method requires billing to be enabled.",
    info("BILLING_DISABLED"),
    "QUOTA_EXHAUSTED",
  ],
  [
    "a tuned model of somebody else",
    403,
    "PERMISSION_DENIED",
    "You do not have permission to access tuned model x.",
    [],
    "MODEL_NOT_FOUND",
  ],
  [
    "google-gemini/gemini-cli#1841",
    429,
    "RESOURCE_EXHAUSTED",
    "Resource has been exhausted (e.g. check quota).",
    [],
    "RATE_LIMITED",
  ],
  [
    "ai.google.dev: rate limits, a minute",
    429,
    "RESOURCE_EXHAUSTED",
    spent,
    quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"),
    "RATE_LIMITED",
  ],
  [
    "google-gemini/gemini-cli#6962",
    429,
    "RESOURCE_EXHAUSTED",
    spent,
    quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
    "QUOTA_EXHAUSTED",
  ],
  [
    "continuedev/continue#10062, #9745",
    429,
    "RESOURCE_EXHAUSTED",
    `${spent}\n* Quota exceeded for metric: free_tier_requests, limit: 0, model: gemini-2.5-pro\nPlease retry in 20.04466179s.`,
    [],
    "QUOTA_EXHAUSTED",
  ],
  [
    "ai-christianson/RA.Aid#182",
    429,
    "RESOURCE_EXHAUSTED",
    "Gemini 2.5 Pro Preview doesn't have a free quota tier.",
    [],
    "QUOTA_EXHAUSTED",
  ],
  [
    "google-gemini/gemini-cli#10513",
    429,
    "RESOURCE_EXHAUSTED",
    "Quota exceeded for limit 'Gemini 2.5 Pro Requests per day per user per tier'",
    [],
    "QUOTA_EXHAUSTED",
  ],
  [
    "google-gemini/gemini-cli#23980",
    429,
    "RESOURCE_EXHAUSTED",
    "No capacity available for model gemini-x on the server",
    [],
    "OVERLOADED",
  ],
  [
    "googleapis/python-genai#1162",
    503,
    "UNAVAILABLE",
    "The model is overloaded. Please try again later.",
    [],
    "OVERLOADED",
  ],
  [
    "ai.google.dev: troubleshooting, 504",
    504,
    "DEADLINE_EXCEEDED",
    "Deadline expired before operation could complete.",
    [],
    "SERVER_ERROR",
  ],
  [
    "ai.google.dev: troubleshooting, 500",
    500,
    "INTERNAL",
    "An internal error has occurred.",
    [],
    "SERVER_ERROR",
  ],
  [
    "ai.google.dev: troubleshooting, 404",
    404,
    "NOT_FOUND",
    "models/gemini-0 is not found for API version v1beta, or is not supported for generateContent.",
    [],
    "MODEL_NOT_FOUND",
  ],
  [
    "ai.google.dev: long context",
    400,
    "INVALID_ARGUMENT",
    "The input token count (1500000) exceeds the maximum number of tokens allowed (1048576).",
    [],
    "CONTEXT_TOO_LONG",
  ],
  [
    "ai.google.dev: inline data",
    400,
    "INVALID_ARGUMENT",
    "Request payload size exceeds the limit: 20971520 bytes.",
    [],
    "CONTEXT_TOO_LONG",
  ],
  [
    "ai.google.dev: troubleshooting, 400",
    400,
    "INVALID_ARGUMENT",
    "Please use a valid role: user, model.",
    [],
    "INVALID_REQUEST",
  ],
];

describe("what the API refuses means the same everywhere", () => {
  it.each(refusals)(
    "%s: %i %s %j is the same everywhere",
    async (_, code, status, message, details, expected) => {
      const error = { code, message, status, ...(details.length > 0 && { details }) };
      const body = JSON.stringify({ error });

      const genai = Object.assign(new Error(body), { status: code });
      expect(await toError(genai), "@google/genai").toMatchObject({ code: expected, status: code });

      const preamble =
        "[GoogleGenerativeAI Error]: Error fetching from https://x/y: [400 Bad Request] ";
      const older = new Error(`${preamble}${message} ${JSON.stringify(details)}`);
      const thrown = Object.assign(older, { status: code, errorDetails: details });
      expect(await toError(thrown), "@google/generative-ai").toMatchObject({
        code: expected,
        status: code,
      });

      for (const said of [body, JSON.stringify({ error: { message: body, code, status: "x" } })]) {
        const exit = { exitCode: code & 255, stderr: "" };
        expect(await runError(exit, `[API Error: ${said}]`), "Gemini CLI").toMatchObject({
          code: expected,
          status: code,
        });
      }
    },
  );
});

it("the wait that the details name is told", async () => {
  const error = { code: 429, message: spent, details: quota("GenerateRequestsPerMinute") };
  const thrown = Object.assign(new Error(JSON.stringify({ error })), { status: 429 });
  expect(await toError(thrown)).toMatchObject({ code: "RATE_LIMITED", retryAfter: 20_000 });
});

it.each([
  [
    "google-gemini/gemini-cli#13004",
    "You have exhausted your capacity on this model. Your quota will reset after 8h44m7s.",
    "RATE_LIMITED",
    31_447_000,
  ],
  [
    "google-gemini/gemini-cli#15576",
    "You have exhausted your daily quota on this model.",
    "QUOTA_EXHAUSTED",
    undefined,
  ],
] as const)("%s: the CLI says %j", async (_, said, code, retryAfter) => {
  const error = await runError({ exitCode: 429 & 255, stderr: "" }, `[API Error: ${said}]`);
  expect(error).toMatchObject({ code, retryAfter });
});

it("the CLI names a 404 of any kind on stderr alone", async () => {
  // Gemini CLI 0.61.0, of a base URL with a path too many.
  const stderr = "Error when talking to Gemini API ModelNotFoundError: 404 page not found";
  const missing = (said: string) => runError({ exitCode: 1, stderr }, `[API Error: ${said}]`);
  expect(await missing('{"detail":"Not Found"}')).toMatchObject({
    code: "WRONG_ADDRESS",
    status: 404,
  });
  expect((await missing("<html><title>404</title></html>")).code).toBe("WRONG_ADDRESS");
  expect((await missing("models/x is not found")).code).toBe("MODEL_NOT_FOUND");
});

it("a page that was called JSON is no answer for the CLI", async () => {
  const said = `Unexpected token '<', "<!DOCTYPE "... is not valid JSON`;
  const error = await runError({ exitCode: 1, stderr: "" }, `[API Error: ${said}]`);
  expect(error.code).toBe("INVALID_OUTPUT");
});

it("the status that a body names counts where the exit tells none", async () => {
  const body = '{"error":{"code":429,"message":"Slow down.","status":"RESOURCE_EXHAUSTED"}}';
  const error = await runError({ exitCode: 1, stderr: "" }, `[API Error: ${body}]`);
  expect(error).toMatchObject({ code: "RATE_LIMITED", status: 429 });
});
