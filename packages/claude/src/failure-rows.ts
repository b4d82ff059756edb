import { type FailureRow, networkWords, type Refusals } from "@acc/dual-mode/provider";

const elsewhere =
  "Anthropic does not serve the place that is asked from: another provider may answer.";
const ownTerms = "Use an API key for this model.";
const shorter = "Shorten the prompt, or turn on extra usage: https://claude.ai/settings/usage";
/** For failures that the CLI reports only in words; the API's refusals have a status. */
const unsaid: readonly number[] = [];

/** Failures of the API and Claude Code in addition to those of all vendors. */
const failures: readonly FailureRow[] = [
  { code: "OVERLOADED", words: "not your usage limit" },
  { code: "QUOTA_EXHAUSTED", words: "extra usage is required", cooldown: 0, fix: shorter },
  { code: "QUOTA_EXHAUSTED", words: "long context beta", cooldown: 0, fix: shorter },
  { code: "QUOTA_EXHAUSTED", words: "extra usage", status: [400, 403, 429] },
  { code: "QUOTA_EXHAUSTED", words: "api usage limit" },
  { code: "QUOTA_EXHAUSTED", words: "usage limit", status: [400, 403, 429] },
  { code: "QUOTA_EXHAUSTED", words: "hit your … limit", status: [400, 403, 429] },
  { code: "QUOTA_EXHAUSTED", words: "reached your … limit", status: [400, 403, 429] },
  { code: "QUOTA_EXHAUSTED", words: "hour limit reached" },
  { code: "QUOTA_EXHAUSTED", words: "weekly limit" },
  { code: "QUOTA_EXHAUSTED", words: "session limit", status: 429 },
  { code: "QUOTA_EXHAUSTED", words: "limit reached … resets", status: 429 },
  { code: "MODEL_NOT_FOUND", type: "permission_error", words: "model" },
  { code: "MODEL_NOT_FOUND", words: "is not available with the claude" },
  { code: "MODEL_NOT_FOUND", words: "issue with the selected model" },
  { code: "AUTHENTICATION_FAILED", words: "request not allowed", status: 403, fix: elsewhere },
  { code: "AUTHENTICATION_FAILED", words: "authorized for use with claude code", fix: ownTerms },
  { code: "AUTHENTICATION_FAILED", words: "disabled organization" },
  { code: "AUTHENTICATION_FAILED", words: "does not have access to claude" },
  { code: "TIMEOUT", words: "request timed out", status: unsaid },
  ...networkWords,
  { code: "NETWORK", words: "connection", status: unsaid },
  { code: "NETWORK", words: "unable to connect", status: unsaid },
  { code: "NETWORK", words: "network", status: unsaid },
];

const fixes: Refusals["fixes"] = {
  AUTHENTICATION_FAILED: "Check the key: https://console.anthropic.com/settings/keys",
  QUOTA_EXHAUSTED: "Add credit: https://console.anthropic.com/settings/billing",
};

/** How refusals of the API and the CLI are classified. */
export const refusals: Refusals = { failures, fixes };
