import type { Code } from "../contract/code.ts";

const byStatus: Readonly<Record<number, Code>> = {
  401: "AUTHENTICATION_FAILED",
  402: "QUOTA_EXHAUSTED",
  403: "AUTHENTICATION_FAILED",
  404: "MODEL_NOT_FOUND",
  408: "TIMEOUT",
  413: "CONTEXT_TOO_LONG",
  425: "OVERLOADED",
  429: "RATE_LIMITED",
  498: "OVERLOADED",
  503: "OVERLOADED",
  529: "OVERLOADED",
};

/** Words of a bad request that say more than its status; the first that fit count. */
const byWords: readonly (readonly [RegExp, Code])[] = [
  [/invalid.?api.?key|api.?key.?(not valid|invalid|expired)/i, "AUTHENTICATION_FAILED"],
  [/credit balance|billing_/i, "QUOTA_EXHAUSTED"],
  [/content.?(filter|policy|management)/i, "CONTENT_FILTERED"],
  [
    /context.?(length|window|limit)|prompt is too long|input token count.*exceed|too many tokens/i,
    "CONTEXT_TOO_LONG",
  ],
  [/model.?(not.?found|.*does not exist|decommissioned)/i, "MODEL_NOT_FOUND"],
];

/**
 * What an HTTP status means for the call.
 *
 * @param words The body's text, or the vendor's type of the error: narrows a status that is used
 * for several things.
 */
export function statusToCode(status: number, words = ""): Code {
  if (status === 400 || status === 422) {
    return byWords.find(([pattern]) => pattern.test(words))?.[1] ?? "INVALID_REQUEST";
  }
  if (status === 429 && /insufficient.?quota|credit balance/i.test(words)) {
    return "QUOTA_EXHAUSTED";
  }
  if (status >= 500 && /overloaded/i.test(words)) {
    return "OVERLOADED";
  }
  return byStatus[status] ?? (status >= 500 ? "SERVER_ERROR" : "INVALID_REQUEST");
}
