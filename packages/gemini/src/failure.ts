import { type Code, statusToCode } from "@acc/dual-mode/provider";

/** What a refusal of the API means, by its status and its words. */
export function codeOf(status: number, said: string): Code {
  if (status === 429 && /PerDay|daily quota/.test(said)) return "QUOTA_EXHAUSTED";
  if (status === 400 && /enable billing|billing account/i.test(said)) return "QUOTA_EXHAUSTED";
  return statusToCode(status, said);
}

const fixes: Partial<Readonly<Record<Code, string>>> = {
  AUTHENTICATION_FAILED: "Check the key: https://aistudio.google.com/apikey",
  QUOTA_EXHAUSTED: "Look at the quota: https://aistudio.google.com/usage",
  MODEL_NOT_FOUND: "Name a model that this key can use.",
  CONTEXT_TOO_LONG: "Shorten the prompt or the history.",
};

/** What the reader can do, as a member of an error's details. */
export function fixFor(code: Code): { fix?: string } {
  const fix = fixes[code];
  return fix === undefined ? {} : { fix };
}
