import type { Limit, Limits } from "../contract/part.ts";
import { resetTime } from "../failures/reset-time.ts";
import { type HeaderBag, headerOf } from "./retry-after.ts";

/** The headers of one limit: `member` is "limit", "remaining" or "reset". */
export type LimitHeaders = readonly [
  name: keyof Limits,
  header: (member: "limit" | "remaining" | "reset") => string,
];

/** The headers that most servers send. */
const usual: readonly LimitHeaders[] = [
  ["requests", (member) => `x-ratelimit-${member}-requests`],
  ["tokens", (member) => `x-ratelimit-${member}-tokens`],
];

/**
 * Reads a credential's limits from the headers of an answer or a refusal. A value that is not a
 * count or a time is skipped; undefined if there is no limit.
 *
 * @param now The time in ms since the epoch, to which a reset given as a duration is added.
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
 * Returns a limit in percent, for a window of which the vendor reports the share that is used.
 *
 * @param spent 0 to 1; more if more was used than allowed.
 * @param resetsAt Milliseconds since the epoch.
 */
export function windowLimit(spent: number | undefined, resetsAt: number | undefined): Limit {
  if (spent === undefined) return given({ resetsAt });
  const remaining = Math.max(0, Math.round((1 - spent) * 10_000) / 100);
  return given({ limit: 100, remaining, resetsAt });
}

/** Servers that do not count send -1, which is skipped. */
function count(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d{1,15}(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

function given(members: { readonly [Member in keyof Limit]: number | undefined }): Limit {
  const told = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told);
}
