import { believedWait } from "../failures/believed-wait.ts";
import { resetTime } from "../failures/reset-time.ts";

/** Headers as `fetch` returns them, or as an object by name. */
export type HeaderBag = Pick<Headers, "get"> | Readonly<Record<string, string | undefined>>;

/** A longer header is neither a number of seconds, nor a date, nor an id. */
const longestHeader = 128;

/**
 * Returns how long to wait before the next request, in ms: from `retry-after-ms`, from
 * `retry-after` in seconds, as an HTTP date or as a duration ("1m30s"), or until the end of a limit
 * that is used up. Undefined if the answer does not say it, or says more than 31 days.
 *
 * @param now Milliseconds since the epoch.
 */
export function retryAfter(headers: HeaderBag, now: number = Date.now()): number | undefined {
  const milliseconds = number(headerOf(headers, "retry-after-ms"));
  if (milliseconds !== undefined) return believedWait(milliseconds);
  const value = headerOf(headers, "retry-after");
  if (value === undefined) return untilReset(headers, now);
  const seconds = number(value);
  if (seconds !== undefined) return believedWait(seconds * 1000);
  const date = resetTime(value, now) ?? httpDate(value);
  return Number.isNaN(date) ? undefined : believedWait(Math.max(0, date - now));
}

/** OpenRouter and others send only the end of the limit. */
function untilReset(headers: HeaderBag, now: number): number | undefined {
  if (number(headerOf(headers, "x-ratelimit-remaining")) !== 0) return undefined;
  const end = resetTime(headerOf(headers, "x-ratelimit-reset"), now);
  return end === undefined ? undefined : believedWait(end - now);
}

/** Parses all three forms of RFC 9110; the third names no time zone and is GMT like the others. */
function httpDate(value: string): number {
  if (!/^[A-Z][a-z]+,? .*\d{2}:\d{2}:\d{2}/.test(value)) {
    return Number.NaN;
  }
  return Date.parse(value.endsWith("GMT") ? value : `${value} GMT`);
}

/**
 * Returns a header's value by its name in lower case; undefined for one that is longer than any
 * useful value.
 */
export function headerOf(headers: HeaderBag, name: string): string | undefined {
  const value = lineOf(headers, name);
  return value !== undefined && value.length <= longestHeader ? value : undefined;
}

function lineOf(headers: HeaderBag, name: string): string | undefined {
  if ("get" in headers && typeof headers.get === "function") {
    return headers.get(name) ?? undefined;
  }
  const entries = Object.entries(headers as Readonly<Record<string, string | undefined>>);
  return entries.find(([key]) => key.toLowerCase() === name)?.[1];
}

function number(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}
