import type { Limit, Limits } from "../contract/part.ts";
import { resetTime } from "./reset-time.ts";
import { type HeaderBag, headerOf } from "./retry-after.ts";

type Name = keyof Limits;

/** Where vendors write a limit, what is left of it and its reset, the commonest form first. */
const counted: readonly (readonly [Name, (member: string) => string])[] = [
  ["requests", (member) => `x-ratelimit-${member}-requests`],
  ["tokens", (member) => `x-ratelimit-${member}-tokens`],
  ["requests", (member) => `anthropic-ratelimit-requests-${member}`],
  ["tokens", (member) => `anthropic-ratelimit-tokens-${member}`],
  ["inputTokens", (member) => `anthropic-ratelimit-input-tokens-${member}`],
  ["outputTokens", (member) => `anthropic-ratelimit-output-tokens-${member}`],
];

/** A login's windows, of which the part that is spent is told: 0 to 1. */
const windows: readonly (readonly [Name, string])[] = [
  ["fiveHours", "anthropic-ratelimit-unified-5h"],
  ["week", "anthropic-ratelimit-unified-7d"],
];

/**
 * What the headers of an answer, or of a refusal, say of the credential's limits: OpenAI's and
 * Groq's, which others have taken over, and Anthropic's. What is no count and no time is passed over;
 * undefined where nothing is said.
 *
 * @param now Milliseconds since the epoch, from which a reset counts that is told as a duration.
 */
export function rateLimits(headers: HeaderBag, now: number = Date.now()): Limits | undefined {
  const limits: { -readonly [Each in Name]?: Limit } = {};
  for (const [name, header] of counted) {
    const limit = count(headerOf(headers, header("limit")));
    const remaining = count(headerOf(headers, header("remaining")));
    if ((limit ?? remaining) === undefined || limits[name] !== undefined) continue;
    const resetsAt = resetTime(headerOf(headers, header("reset")), now);
    limits[name] = given({ limit, remaining, resetsAt });
  }
  for (const [name, header] of windows) {
    const spent = count(headerOf(headers, `${header}-utilization`));
    const resetsAt = resetTime(headerOf(headers, `${header}-reset`), now);
    if ((spent ?? resetsAt) !== undefined) limits[name] = windowLimit(spent, resetsAt);
  }
  return Object.keys(limits).length > 0 ? limits : undefined;
}

/**
 * The limit of a window of which a vendor tells the part that is spent: in percent.
 *
 * @param spent 0 to 1; more where more was used than there is.
 * @param resetsAt Milliseconds since the epoch.
 */
export function windowLimit(spent: number | undefined, resetsAt: number | undefined): Limit {
  if (spent === undefined) return given({ resetsAt });
  const remaining = Math.max(0, Math.round((1 - spent) * 10_000) / 100);
  return given({ limit: 100, remaining, resetsAt });
}

/** Servers that count nothing say -1. */
function count(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d{1,15}(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

function given(members: { readonly [Member in keyof Limit]: number | undefined }): Limit {
  const told = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told);
}
