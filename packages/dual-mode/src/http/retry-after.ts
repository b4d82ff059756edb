type HeaderBag = Pick<Headers, "get"> | Readonly<Record<string, string | undefined>>;

/**
 * Milliseconds after which an answer says to ask again: `retry-after-ms`, or `retry-after` in
 * seconds or as an HTTP date. Undefined where it does not say.
 *
 * @param now Milliseconds since the epoch.
 */
export function retryAfter(headers: HeaderBag, now: number = Date.now()): number | undefined {
  const milliseconds = number(header(headers, "retry-after-ms"));
  if (milliseconds !== undefined) {
    return milliseconds;
  }
  const value = header(headers, "retry-after");
  const seconds = number(value);
  if (seconds !== undefined) {
    return Math.ceil(seconds * 1000);
  }
  const date = httpDate(value ?? "");
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** All three forms of RFC 9110; the third names no zone and is GMT like the others. */
function httpDate(value: string): number {
  if (!/^[A-Z][a-z]+,? .*\d{2}:\d{2}:\d{2}/.test(value)) {
    return Number.NaN;
  }
  return Date.parse(value.endsWith("GMT") ? value : `${value} GMT`);
}

function header(headers: HeaderBag, name: string): string | undefined {
  if ("get" in headers && typeof headers.get === "function") {
    return headers.get(name) ?? undefined;
  }
  const entries = Object.entries(headers as Readonly<Record<string, string | undefined>>);
  return entries.find(([key]) => key.toLowerCase() === name)?.[1];
}

function number(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}
