import type { CompatibleServer } from "./server.ts";
import { noFileUrls, toolChoices, usualFeatures, usualWithout } from "./usual-features.ts";

const required = true;

/** https://openrouter.ai/docs/api/reference/overview, 2026-11-29. */
export const openRouter: CompatibleServer = {
  id: "openrouter",
  baseUrl: "https://openrouter.ai/api/v1",
  key: { env: ["OPENROUTER_API_KEY"], required },
  defaultModel: "openrouter/auto",
  supports: [...usualFeatures, ...toolChoices, "topK", "imageUrls", "reasoning", "files"],
  lacks: [
    noFileUrls,
    { features: ["strictTools"], reason: "Few of the providers behind OpenRouter follow it." },
  ],
  failures: [
    { code: "QUOTA_EXHAUSTED", status: 402 },
    // https://openrouter.ai/docs/api/reference/errors-and-debugging: the provider behind it is down
    { code: "OVERLOADED", words: "no … provider available" },
    { code: "UNSUPPORTED_FEATURE", words: "no endpoints found that support" },
    { code: "CONTENT_FILTERED", status: 403, words: "moderation" },
  ],
};

/**
 * https://docs.x.ai/developers/rest-api-reference, 2026-11-29. Models that think take no `stop`
 * (can1357/oh-my-pi#7454) and no penalties (yym68686/uni-api#105), and few take an effort
 * (BerriAI/litellm#16265).
 */
export const xai: CompatibleServer = {
  id: "xai",
  baseUrl: "https://api.x.ai/v1",
  key: { env: ["XAI_API_KEY"], required },
  supports: [
    ...usualWithout("stop", "presencePenalty", "frequencyPenalty"),
    ...toolChoices,
    "imageUrls",
  ],
  lacks: [
    {
      features: ["stop", "presencePenalty", "frequencyPenalty"],
      reason: "Grok's models that think refuse it, and the newer ones all think.",
    },
    { features: ["reasoning"], reason: "Few of Grok's models take an effort: see vendor." },
    {
      features: ["topK", "strictTools", "files", "fileUrls"],
      reason: "xAI's documentation of chat completions has no such member.",
    },
  ],
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
  supports: [...usualFeatures, ...toolChoices, "strictTools", "imageUrls"],
  lacks: [
    noFileUrls,
    { features: ["topK", "files"], reason: "Mistral's chat completions have no such member." },
    { features: ["reasoning"], reason: "Mistral has its own member for it: see vendor." },
  ],
  members: { seed: "random_seed", stream_options: null },
  callIdLength: 9,
  failures: [{ code: "MODEL_NOT_FOUND", type: "invalid_model" }],
};

/** https://docs.together.ai/reference/chat-completions-1, 2026-11-29. */
export const together: CompatibleServer = {
  id: "together",
  baseUrl: "https://api.together.xyz/v1",
  key: { env: ["TOGETHER_API_KEY"], required },
  supports: [...usualFeatures, "toolChoice", "topK", "imageUrls"],
  lacks: [
    {
      features: ["parallelTools", "strictTools", "reasoning", "files", "fileUrls"],
      reason: "Together's reference of chat completions has no such member.",
    },
  ],
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
    supports: [...usualFeatures, ...toolChoices, "strictTools", "imageUrls", "reasoning"],
    lacks: [
      { features: ["topK"], reason: "OpenAI's API has no such parameter." },
      {
        features: ["files", "fileUrls"],
        reason: "Azure's chat completions take no files: ask its Responses API.",
      },
    ],
    keyHeader: "api-key",
    members: { max_tokens: "max_completion_tokens" },
    failures: [
      { code: "MODEL_NOT_FOUND", type: "deploymentnotfound" },
      { code: "CONTENT_FILTERED", words: "content management policy" },
    ],
  };
}
