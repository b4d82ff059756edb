import {
  type HeaderBag,
  headerOf,
  type LimitHeaders,
  type Limits,
  rateLimits,
  resetTime,
  windowLimit,
} from "@acc/dual-mode/provider";

const places: readonly LimitHeaders[] = [
  ["requests", (member) => `anthropic-ratelimit-requests-${member}`],
  ["tokens", (member) => `anthropic-ratelimit-tokens-${member}`],
  ["inputTokens", (member) => `anthropic-ratelimit-input-tokens-${member}`],
  ["outputTokens", (member) => `anthropic-ratelimit-output-tokens-${member}`],
];

/** The rate limit windows of a login, of which the API reports the used part: 0 to 1. */
const windows = [
  ["fiveHours", "anthropic-ratelimit-unified-5h"],
  ["week", "anthropic-ratelimit-unified-7d"],
] as const;

/**
 * Reads the credential's limits from the API's headers; undefined if there are none.
 * @param now Milliseconds since the epoch.
 */
export function apiLimits(headers: HeaderBag, now: number = Date.now()): Limits | undefined {
  let limits = rateLimits(headers, now, places) ?? rateLimits(headers, now);
  for (const [name, header] of windows) {
    const spent = part(headerOf(headers, `${header}-utilization`));
    const resetsAt = resetTime(headerOf(headers, `${header}-reset`), now);
    if ((spent ?? resetsAt) === undefined) continue;
    limits = { ...limits, [name]: windowLimit(spent, resetsAt) };
  }
  return limits;
}

function part(said: string | undefined): number | undefined {
  return said !== undefined && /^\s*\d{1,3}(\.\d+)?\s*$/.test(said) ? Number(said) : undefined;
}
