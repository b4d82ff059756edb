import type { Code } from "../error.ts";

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

/** Words of an answer that say more than its status; the first that fits counts. */
const byWords: readonly (readonly [from: number, to: number, RegExp, Code])[] = [
  [400, 403, /invalid.?api.?key|api.?key.?(not valid|invalid|expired)/i, "AUTHENTICATION_FAILED"],
  [400, 429, /credit balance|billing_|insufficient_quota|payment required/i, "QUOTA_EXHAUSTED"],
  [400, 422, /content.?(filter|policy|management)/i, "CONTENT_FILTERED"],
  [
    400,
    422,
    /context.?(length|window|limit)|prompt is too long|input token count.*exceed|too many tokens/i,
    "CONTEXT_TOO_LONG",
  ],
  [400, 400, /model.?(not.?found|.*does not exist|decommissioned)/i, "MODEL_NOT_FOUND"],
  [500, 599, /overloaded/i, "OVERLOADED"],
];

/**
 * What an HTTP status means for the call.
 *
 * @param words The body's text, or the vendor's type of the error: narrows a status that is used
 * for several things.
 */
export function statusToCode(status: number, words = ""): Code {
  for (const [from, to, pattern, code] of byWords) {
    if (status >= from && status <= to && pattern.test(words)) {
      return code;
    }
  }
  return byStatus[status] ?? (status >= 500 ? "SERVER_ERROR" : "INVALID_REQUEST");
}
