import type { FailureRow, Refusals } from "@acc/dual-mode/provider";

const verify = "Verify the organization: https://platform.openai.com/settings/organization/general";
const residency = "Ask at the address of the project's region: set OPENAI_BASE_URL.";

/**
 * Failures of the API in addition to those of all vendors.
 * https://platform.openai.com/docs/guides/error-codes and the types of openai 7.59.0
 */
const failures: readonly FailureRow[] = [
  { code: "OVERLOADED", type: "slow_down" },
  { code: "OVERLOADED", words: "the engine is currently overloaded" },
  { code: "AUTHENTICATION_FAILED", words: "organization must be verified", fix: verify },
  { code: "AUTHENTICATION_FAILED", type: "mismatched_organization" },
  { code: "AUTHENTICATION_FAILED", type: "mismatched_project" },
  { code: "AUTHENTICATION_FAILED", type: "organization_deactivated" },
  { code: "AUTHENTICATION_FAILED", type: "project_archived" },
  { code: "AUTHENTICATION_FAILED", words: "missing scopes" },
  { code: "AUTHENTICATION_FAILED", words: "insufficient permissions for this operation" },
  { code: "WRONG_ADDRESS", type: "data_residency_mismatch", fix: residency },
  { code: "CONTENT_FILTERED", type: "invalid_prompt", words: "usage polic" },
  { code: "CONTENT_FILTERED", type: "bio_policy" },
  { code: "CONTENT_FILTERED", type: "cyber_policy" },
  { code: "CONTENT_FILTERED", type: "misalignment_policy_violation" },
  { code: "CONTENT_FILTERED", type: "image_content_policy_violation" },
  { code: "CONTENT_FILTERED", type: "moderation_blocked" },
];

const fixes: Refusals["fixes"] = {
  AUTHENTICATION_FAILED: "Check the key: https://platform.openai.com/api-keys",
  QUOTA_EXHAUSTED:
    "Look at plan and limits: https://platform.openai.com/settings/organization/limits",
};

/** How refusals of the API are classified. */
export const refusals: Refusals = { failures, fixes };
