import { usualFeatures } from "./create-compatible.ts";
import type { CompatibleServer } from "./server.ts";

const required = true;
const without = (...names: readonly string[]) =>
  usualFeatures.filter((feature) => !names.includes(feature));

/** https://openrouter.ai/docs/api/reference/overview, 2026-11-29. */
export const openRouter: CompatibleServer = {
  id: "openrouter",
  baseUrl: "https://openrouter.ai/api/v1",
  key: { env: ["OPENROUTER_API_KEY"], required },
  defaultModel: "openrouter/auto",
  supports: [...usualFeatures, "imageUrls", "reasoning", "files"],
  failures: [
    { code: "QUOTA_EXHAUSTED", status: 402 },
    // https://openrouter.ai/docs/api/reference/errors-and-debugging: the provider behind it is down
    { code: "OVERLOADED", words: "no … provider available" },
    { code: "UNSUPPORTED_FEATURE", words: "no endpoints found that support" },
    { code: "CONTENT_FILTERED", status: 403, words: "moderation" },
  ],
};

/**
 * https://api-docs.deepseek.com/guides/thinking_mode and …/quick_start/error_codes, 2026-11-29. It has
 * JSON without a schema alone, sees no images, and wants thoughts back with tool calls
 * (deepseek-ai/DeepSeek-V3#1053).
 */
export const deepSeek: CompatibleServer = {
  id: "deepseek",
  baseUrl: "https://api.deepseek.com/v1",
  key: { env: ["DEEPSEEK_API_KEY"], required },
  defaultModel: "deepseek-chat",
  supports: without("schema", "images", "seed"),
  reasoningMember: "reasoning_content",
  failures: [{ code: "QUOTA_EXHAUSTED", status: 402 }],
};

/**
 * https://docs.x.ai/developers/rest-api-reference, 2026-11-29. Models that think take no `stop`
 * (can1357/oh-my-pi#7454), and few take an effort (BerriAI/litellm#16265).
 */
export const xai: CompatibleServer = {
  id: "xai",
  baseUrl: "https://api.x.ai/v1",
  key: { env: ["XAI_API_KEY"], required },
  supports: [...without("stop"), "imageUrls"],
  failures: [
    { code: "UNSUPPORTED_FEATURE", words: "does not support parameter" },
    { code: "UNSUPPORTED_FEATURE", words: "argument not supported on this model" },
    { code: "AUTHENTICATION_FAILED", words: "incorrect api key" },
    { code: "QUOTA_EXHAUSTED", words: "used all available credits" },
  ],
};

/**
 * https://docs.mistral.ai/api/endpoint/chat, 2026-11-29. Members that it does not know are refused
 * (mistralai/platform-docs-public#7; `seed` and `stream_options`: posit-dev/chatlas#145), and so is an id
 * of a call that has not nine letters and digits (nearai/ironclaw#1241).
 */
export const mistral: CompatibleServer = {
  id: "mistral",
  baseUrl: "https://api.mistral.ai/v1",
  key: { env: ["MISTRAL_API_KEY"], required },
  defaultModel: "mistral-medium-latest",
  supports: [...usualFeatures, "imageUrls"],
  members: { seed: "random_seed", stream_options: null },
  callIdLength: 9,
  failures: [{ code: "MODEL_NOT_FOUND", type: "invalid_model" }],
};

/** https://docs.together.ai/docs/openai-api-compatibility, 2026-11-29. */
export const together: CompatibleServer = {
  id: "together",
  baseUrl: "https://api.together.xyz/v1",
  key: { env: ["TOGETHER_API_KEY"], required },
  supports: [...usualFeatures, "imageUrls"],
  failures: [
    { code: "MODEL_NOT_FOUND", type: "model_not_available" },
    { code: "QUOTA_EXHAUSTED", status: 402 },
  ],
};

/**
 * https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle, 2026-11-29: the v1 API, which
 * needs no `api-version`. The model is the name of a deployment.
 *
 * @param resource The first part of the address: "https://<resource>.openai.azure.com".
 */
export function azureOpenAI(resource: string): CompatibleServer {
  return {
    id: "azure-openai",
    baseUrl: `https://${resource}.openai.azure.com/openai/v1`,
    key: { env: ["AZURE_OPENAI_API_KEY"], required },
    supports: [...usualFeatures, "imageUrls", "reasoning"],
    keyHeader: "api-key",
    members: { max_tokens: "max_completion_tokens" },
    failures: [
      { code: "MODEL_NOT_FOUND", type: "deploymentnotfound" },
      { code: "CONTENT_FILTERED", words: "content management policy" },
    ],
  };
}
