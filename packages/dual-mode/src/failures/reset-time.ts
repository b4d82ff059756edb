/** The largest distance of a credible reset from now, in ms: 31 days. */
const farthest = 31 * 24 * 3_600_000;

/**
 * A number from here on is a time in seconds since the epoch; from the next one on it is in
 * milliseconds.
 */
const epochSeconds = 1_000_000_000;
const epochMilliseconds = 1_000_000_000_000;

/** Milliseconds in each unit of a duration as Go writes it: "2m59.56s", "6ms", "1h0m0s". */
const units: ReadonlyMap<string, number> = new Map([
  ["d", 24 * 3_600_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
  ["us", 0.001],
  ["ns", 0.000_001],
]);

/**
 * Returns when a limit is reset, in ms since the epoch. A vendor may send a time (RFC 3339), a
 * duration ("2m59.56s", "6ms", "1h0m0s"), seconds from now, or seconds or milliseconds since the
 * epoch. Undefined for any other value, and for a time that is more than 31 days from now.
 *
 * @param now The current time in ms since the epoch.
 */
export function resetTime(said: string | undefined, now: number): number | undefined {
  const text = said?.trim() ?? "";
  const time = isoTime(text) ?? numberTime(text, now) ?? durationTime(text, now);
  if (time === undefined || !(Math.abs(time - now) <= farthest)) return undefined;
  return Math.ceil(time);
}

function isoTime(text: string): number | undefined {
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : undefined;
}

function numberTime(text: string, now: number): number | undefined {
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  if (number >= epochMilliseconds) return number;
  return number >= epochSeconds ? number * 1000 : now + number * 1000;
}

function durationTime(text: string, now: number): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|us|ns|[dhms]))+$/.test(text)) return undefined;
  let time = now;
  for (const [, amount, unit = ""] of text.matchAll(/([\d.]+)([a-z]+)/g)) {
    time += Number(amount) * (units.get(unit) ?? 0);
  }
  return time;
}
