import type { FailureRow } from "./failure-row.ts";

/**
 * Statuses with which an API says that a request is too long; a limit of tokens per minute has 429.
 */
const tooLong = [400, 413, 422, 500];
const refused = [400, 403, 404, 410, 422];
const filtered = [400, 403, 422, 500];

/** Refusals that blame the request. */
export const requestFailures: readonly FailureRow[] = [
  // The model is to blame.
  { code: "MODEL_NOT_FOUND", type: "model_not_found" },
  { code: "MODEL_NOT_FOUND", type: "model_decommissioned" },
  { code: "MODEL_NOT_FOUND", type: "deploymentnotfound" },
  { code: "MODEL_NOT_FOUND", type: "model_not_supported" },
  { code: "MODEL_NOT_FOUND", words: "model_not_found" },
  { code: "MODEL_NOT_FOUND", words: "model … not exist", status: refused },
  { code: "MODEL_NOT_FOUND", words: "model … has been decommissioned" },
  { code: "MODEL_NOT_FOUND", words: "model … has been deprecated", status: refused },
  { code: "MODEL_NOT_FOUND", words: "is not a valid model" },
  { code: "MODEL_NOT_FOUND", words: "model identifier is invalid" },
  { code: "MODEL_NOT_FOUND", words: "invalid model name" },
  { code: "MODEL_NOT_FOUND", words: "there is no 'model_name' with this string" },
  { code: "MODEL_NOT_FOUND", words: "on-demand throughput" },
  { code: "MODEL_NOT_FOUND", words: "no endpoints found", status: 404 },
  { code: "MODEL_NOT_FOUND", words: "no endpoints available", status: 404 },
  { code: "MODEL_NOT_FOUND", words: "no such model", status: refused },
  { code: "MODEL_NOT_FOUND", words: "unknown model", status: refused },
  { code: "MODEL_NOT_FOUND", words: "model not found", status: [...refused, 500] },
  { code: "MODEL_NOT_FOUND", words: "try pulling it first" },
  // The length is to blame.
  { code: "CONTEXT_TOO_LONG", type: "context_length_exceeded" },
  { code: "CONTEXT_TOO_LONG", type: "exceed_context_size_error" },
  { code: "CONTEXT_TOO_LONG", type: "string_above_max_length" },
  { code: "CONTEXT_TOO_LONG", words: "context_length_exceeded" },
  { code: "CONTEXT_TOO_LONG", words: "prompt is too long", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "input is too long", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "context length", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "context window", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "context limit", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "context size", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "maximum prompt length", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "maximum model length", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "token count … exceed", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "too many tokens", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "too many input tokens", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "reduce the length of", status: tooLong },
  { code: "CONTEXT_TOO_LONG", words: "payload size exceeds", status: tooLong },
  // The content is to blame.
  { code: "CONTENT_FILTERED", type: "content_filter" },
  { code: "CONTENT_FILTERED", type: "content_policy_violation" },
  { code: "CONTENT_FILTERED", type: "responsibleaipolicyviolation" },
  { code: "CONTENT_FILTERED", type: "data_inspection_failed" },
  { code: "CONTENT_FILTERED", words: "content filter", status: filtered },
  { code: "CONTENT_FILTERED", words: "content_filter", status: filtered },
  { code: "CONTENT_FILTERED", words: "content policy", status: filtered },
  { code: "CONTENT_FILTERED", words: "content management policy", status: filtered },
  { code: "CONTENT_FILTERED", words: "content filtering policy", status: filtered },
  { code: "CONTENT_FILTERED", words: "rejected … safety system", status: filtered },
  { code: "CONTENT_FILTERED", words: "requires moderation", status: filtered },
  { code: "CONTENT_FILTERED", words: "content exists risk", status: filtered },
  { code: "CONTENT_FILTERED", words: "usage policy", status: filtered },
];
