import { type FailureRow, networkWords, type Refusals } from "@acc/dual-mode/provider";

const fiveMinutes = 300_000;
const noSuchModel =
  "The plan of this key has no such model: enable billing, or name another model.";
const billing = "Enable billing: https://aistudio.google.com/apikey";
const another = "Make another key: https://aistudio.google.com/apikey";
const restricted =
  "The key is restricted to other callers: https://console.cloud.google.com/apis/credentials";
const place =
  "Google does not serve this place: a key with billing, or another provider, may answer.";

/** For failures that the CLI reports only in words; the API's refusals have a status. */
const unsaid: readonly number[] = [];

/** Failures of the API and Gemini CLI in addition to those of all vendors. */
const failures: readonly FailureRow[] = [
  { code: "QUOTA_EXHAUSTED", words: "limit: 0, model", cooldown: fiveMinutes, fix: noSuchModel },
  { code: "QUOTA_EXHAUSTED", words: "limit: 0 please", cooldown: fiveMinutes, fix: noSuchModel },
  { code: "QUOTA_EXHAUSTED", words: "free quota tier", cooldown: fiveMinutes, fix: noSuchModel },
  { code: "QUOTA_EXHAUSTED", type: "quota_exhausted" },
  { code: "QUOTA_EXHAUSTED", type: "billing_disabled", fix: billing },
  { code: "QUOTA_EXHAUSTED", words: "enable billing", status: [400, 403, 429], fix: billing },
  { code: "QUOTA_EXHAUSTED", words: "requires billing", status: [400, 403], fix: billing },
  { code: "QUOTA_EXHAUSTED", words: "billing account", status: [400, 403], fix: billing },
  { code: "QUOTA_EXHAUSTED", words: "accessible to billed users", fix: billing },
  { code: "QUOTA_EXHAUSTED", words: "credits are depleted", fix: billing },
  { code: "QUOTA_EXHAUSTED", words: "perday", status: 429 },
  { code: "QUOTA_EXHAUSTED", words: "per day", status: 429 },
  { code: "QUOTA_EXHAUSTED", words: "daily", status: 429 },
  { code: "RATE_LIMITED", words: "exceeded your current quota" },
  { code: "RATE_LIMITED", words: "exhausted your capacity" },
  ...networkWords,
  { code: "INVALID_OUTPUT", words: "json segment", status: unsaid },
  { code: "INVALID_OUTPUT", words: "valid json", status: unsaid },
  { code: "INVALID_OUTPUT", words: "json input", status: unsaid },
  { code: "INVALID_OUTPUT", words: "in json at", status: unsaid },
  { code: "AUTHENTICATION_FAILED", words: "location is not supported", fix: place },
  { code: "AUTHENTICATION_FAILED", words: "reported as leaked", fix: another },
  { code: "AUTHENTICATION_FAILED", type: "consumer_suspended", fix: another },
  { code: "AUTHENTICATION_FAILED", type: "api_key_http_referrer_blocked", fix: restricted },
  { code: "AUTHENTICATION_FAILED", type: "api_key_ip_address_blocked", fix: restricted },
  { code: "AUTHENTICATION_FAILED", type: "api_key_service_blocked", fix: restricted },
];

const fixes: Refusals["fixes"] = {
  AUTHENTICATION_FAILED: "Check the key: https://aistudio.google.com/apikey",
  QUOTA_EXHAUSTED: "Look at the quota: https://aistudio.google.com/usage",
};

/** How refusals of the API and the CLI are classified. */
export const refusals: Refusals = { failures, fixes };
