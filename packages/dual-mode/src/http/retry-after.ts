/** Headers as `fetch` gives them, or as an object by their names. */
export type HeaderBag = Pick<Headers, "get"> | Readonly<Record<string, string | undefined>>;

/**
 * The longest wait that is believed, in milliseconds: 31 days. No vendor's limit lasts longer, but
 * servers write the time of the reset, in seconds since 1970, where the wait belongs.
 */
const longestWait = 31 * 24 * 3_600_000;

/** A header that is longer is no number of seconds, no date and no id. */
const longestHeader = 128;

/** A wait that a vendor named, in whole milliseconds; undefined for one that cannot be meant. */
export function believedWait(milliseconds: unknown): number | undefined {
  if (typeof milliseconds !== "number") return undefined;
  return milliseconds >= 0 && milliseconds <= longestWait ? Math.ceil(milliseconds) : undefined;
}

/**
 * Milliseconds after which an answer says to ask again: `retry-after-ms`, or `retry-after` in
 * seconds or as an HTTP date. Undefined where it does not say, or says more than 31 days.
 *
 * @param now Milliseconds since the epoch.
 */
export function retryAfter(headers: HeaderBag, now: number = Date.now()): number | undefined {
  const milliseconds = number(headerOf(headers, "retry-after-ms"));
  if (milliseconds !== undefined) return believedWait(milliseconds);
  const value = headerOf(headers, "retry-after");
  const seconds = number(value);
  if (seconds !== undefined) return believedWait(seconds * 1000);
  const date = httpDate(value ?? "");
  return Number.isNaN(date) ? undefined : believedWait(Math.max(0, date - now));
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
