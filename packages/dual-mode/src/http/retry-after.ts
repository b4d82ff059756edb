import { believedWait } from "../failures/believed-wait.ts";
import { resetTime } from "../failures/reset-time.ts";

/** Headers as `fetch` gives them, or as an object by their names. */
export type HeaderBag = Pick<Headers, "get"> | Readonly<Record<string, string | undefined>>;

/** A header that is longer is neither a number of seconds, a date nor an id. */
const longestHeader = 128;

/**
 * Milliseconds after which an answer says to ask again: `retry-after-ms`, `retry-after` in seconds, as
 * an HTTP date or as a duration ("1m30s"), or the end of a limit that is spent. Undefined where it does
 * not say, or says more than 31 days.
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

/** OpenRouter and others tell the end of the limit alone. */
function untilReset(headers: HeaderBag, now: number): number | undefined {
  if (number(headerOf(headers, "x-ratelimit-remaining")) !== 0) return undefined;
  const end = resetTime(headerOf(headers, "x-ratelimit-reset"), now);
  return end === undefined ? undefined : believedWait(end - now);
}

/** All three forms of RFC 9110; the third names no zone and is GMT like the others. */
function httpDate(value: string): number {
  if (!/^[A-Z][a-z]+,? .*\d{2}:\d{2}:\d{2}/.test(value)) {
    return Number.NaN;
  }
  return Date.parse(value.endsWith("GMT") ? value : `${value} GMT`);
}

/** A header's value, by its name in lower case; undefined for one that is longer than any that is meant. */
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
