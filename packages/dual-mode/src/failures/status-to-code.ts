import type { Code } from "../contract/code.ts";
import type { ReadRefusal } from "./refusal.ts";

const byStatus: ReadonlyMap<number, Code> = new Map([
  [401, "AUTHENTICATION_FAILED"],
  [402, "QUOTA_EXHAUSTED"],
  [403, "AUTHENTICATION_FAILED"],
  [405, "WRONG_ADDRESS"],
  [407, "NETWORK"],
  [408, "TIMEOUT"],
  [409, "SERVER_ERROR"],
  [413, "CONTEXT_TOO_LONG"],
  [421, "WRONG_ADDRESS"],
  [424, "SERVER_ERROR"],
  [425, "OVERLOADED"],
  [429, "RATE_LIMITED"],
  [451, "AUTHENTICATION_FAILED"],
  [498, "OVERLOADED"],
  [499, "SERVER_ERROR"],
  [503, "OVERLOADED"],
  [529, "OVERLOADED"],
]);

/**
 * Statuses for something that does not exist: the model, if the message names one, or else the
 * path.
 */
const missing: ReadonlySet<number> = new Set([404, 410]);

/** Returns the code of a status, if the message does not decide it. */
export function codeOfStatus({ status, page }: ReadRefusal, text: string): Code | undefined {
  if (status === undefined) return undefined;
  if (missing.has(status)) return namesModel(text) && !page ? "MODEL_NOT_FOUND" : "WRONG_ADDRESS";
  if (status < 400 || (status === 400 && page)) return "WRONG_ADDRESS";
  return byStatus.get(status) ?? (status >= 500 ? "SERVER_ERROR" : "INVALID_REQUEST");
}

/**
 * Ignores paths in the text, since a path that does not exist may contain the word or a model's
 * name.
 */
function namesModel(text: string): boolean {
  return /model|deployment/.test(text.replaceAll(/(https?:\/)?\/\S*/g, ""));
}

/** Names that mean the same in every API, for refusals without a status, such as in mid-stream. */
const byType: ReadonlyMap<string, Code> = new Map([
  ["permission_error", "AUTHENTICATION_FAILED"],
  ["permission_denied", "AUTHENTICATION_FAILED"],
  ["unauthenticated", "AUTHENTICATION_FAILED"],
  ["not_found_error", "MODEL_NOT_FOUND"],
  ["not_found", "MODEL_NOT_FOUND"],
  ["request_too_large", "CONTEXT_TOO_LONG"],
  ["invalid_request_error", "INVALID_REQUEST"],
  ["badrequesterror", "INVALID_REQUEST"],
  ["invalid_argument", "INVALID_REQUEST"],
  ["failed_precondition", "INVALID_REQUEST"],
  ["resource_exhausted", "RATE_LIMITED"],
  ["unavailable", "OVERLOADED"],
]);

/** Returns the code of a refusal without a status, by its names. */
export function codeOfType(types: ReadonlySet<string>): Code | undefined {
  for (const type of types) {
    const code = byType.get(type);
    if (code !== undefined) return code;
  }
  return undefined;
}
