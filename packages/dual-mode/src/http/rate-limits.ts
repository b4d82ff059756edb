import type { Limit, Limits } from "../contract/part.ts";
import { resetTime } from "../failures/reset-time.ts";
import { type HeaderBag, headerOf } from "./retry-after.ts";

/** Which headers tell of one limit: `member` is "limit", "remaining" or "reset". */
export type LimitHeaders = readonly [
  name: keyof Limits,
  header: (member: "limit" | "remaining" | "reset") => string,
];

/** The headers that most servers have. */
const usual: readonly LimitHeaders[] = [
  ["requests", (member) => `x-ratelimit-${member}-requests`],
  ["tokens", (member) => `x-ratelimit-${member}-tokens`],
];

/**
 * What the headers of an answer, or of a refusal, say of the credential's limits. What is no count
 * and no time is skipped; undefined where nothing is said.
 *
 * @param now Milliseconds since the epoch, from which a reset counts that is told as a duration.
 * @param places The vendor's headers. @default `x-ratelimit-limit-requests`, `…-tokens` and so on
 */
export function rateLimits(
  headers: HeaderBag,
  now: number = Date.now(),
  places: readonly LimitHeaders[] = usual,
): Limits | undefined {
  const limits: { -readonly [Each in keyof Limits]?: Limit } = {};
  for (const [name, header] of places) {
    const limit = count(headerOf(headers, header("limit")));
    const remaining = count(headerOf(headers, header("remaining")));
    if ((limit ?? remaining) === undefined) continue;
    const resetsAt = resetTime(headerOf(headers, header("reset")), now);
    limits[name] = given({ limit, remaining, resetsAt });
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
