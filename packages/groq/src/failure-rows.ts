import type { FailureRow, Refusals } from "@acc/dual-mode/provider";

const enable = "Let the model be enabled: https://console.groq.com/settings/limits";
const smaller = "Ask for fewer tokens, or give a key whose plan allows as many in a minute.";
const terms = "Accept the model's terms: https://console.groq.com/playground";
const plan = "Take a plan that has it: https://console.groq.com/settings/billing/plans";
const support = "Groq has restricted the organization: give another key, or ask its support.";

/** Failures of the API in addition to those of all vendors. */
const failures: readonly FailureRow[] = [
  { code: "INVALID_OUTPUT", type: "json_validate_failed" },
  { code: "INVALID_OUTPUT", type: "tool_use_failed" },
  { code: "INVALID_OUTPUT", type: "output_parse_failed" },
  { code: "QUOTA_EXHAUSTED", type: "rate_limit_exceeded", status: 413, cooldown: 0, fix: smaller },
  { code: "QUOTA_EXHAUSTED", words: "request too large … per minute", cooldown: 0, fix: smaller },
  { code: "QUOTA_EXHAUSTED", type: "blocked_api_access" },
  { code: "QUOTA_EXHAUSTED", type: "not_available_for_plan", cooldown: 0, fix: plan },
  { code: "AUTHENTICATION_FAILED", type: "organization_restricted", fix: support },
  { code: "MODEL_NOT_FOUND", type: "model_permission_blocked_org", fix: enable },
  { code: "MODEL_NOT_FOUND", type: "model_permission_blocked_project", fix: enable },
  { code: "MODEL_NOT_FOUND", words: "is blocked at the", status: 403, fix: enable },
  { code: "MODEL_NOT_FOUND", type: "model_terms_required", fix: terms },
  { code: "OVERLOADED", type: "capacity_exceeded" },
];

const fixes: Refusals["fixes"] = {
  AUTHENTICATION_FAILED: "Check the key: https://console.groq.com/keys",
  QUOTA_EXHAUSTED: "Look at the limits: https://console.groq.com/settings/limits",
};

/** How refusals of the API are classified. */
export const refusals: Refusals = { failures, fixes };
