import { type Code, statusToCode } from "@acc/dual-mode/provider";

/** Kinds of error that the API names where there is no status: in mid-stream. */
const kinds: Readonly<Record<string, Code>> = {
  authentication_error: "AUTHENTICATION_FAILED",
  permission_error: "AUTHENTICATION_FAILED",
  billing_error: "QUOTA_EXHAUSTED",
  not_found_error: "MODEL_NOT_FOUND",
  rate_limit_error: "RATE_LIMITED",
  overloaded_error: "OVERLOADED",
  timeout_error: "SERVER_ERROR",
  api_error: "SERVER_ERROR",
};

/** What a refusal of the API means, by its status, its kind and its words. */
export function codeOf(status: number | undefined, kind: string, said: string): Code {
  if (/exceed context limit/i.test(said)) return "CONTEXT_TOO_LONG";
  if (kind === "billing_error") return "QUOTA_EXHAUSTED";
  if (status === undefined) return kinds[kind] ?? statusToCode(400, said);
  return statusToCode(status, said);
}

const fixes: Partial<Readonly<Record<Code, string>>> = {
  AUTHENTICATION_FAILED: "Check the key: https://console.anthropic.com/settings/keys",
  QUOTA_EXHAUSTED: "Add credit: https://console.anthropic.com/settings/billing",
  MODEL_NOT_FOUND: "Name a model that this key can use.",
  CONTEXT_TOO_LONG: "Shorten the prompt or the history.",
};

/** What the reader can do, as a member of an error's details. */
export function fixFor(code: Code): { fix?: string } {
  const fix = fixes[code];
  return fix === undefined ? {} : { fix };
}
