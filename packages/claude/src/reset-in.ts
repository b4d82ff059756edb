const day = 86_400_000;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * Returns the milliseconds until a limit resets, if the message tells: "usage limit
 * reached|1795361578", "resets Oct 6, 1pm (Asia/Tokyo)", "resets 3:45pm", "regain access on
 * 2027-01-01 at 00:00 UTC".
 *
 * @param now Milliseconds since the epoch.
 */
export function resetIn(said: string, now: number): number | undefined {
  const end = epoch(said) ?? isoTime(said) ?? clockTime(said, now);
  return end === undefined || Number.isNaN(end) ? undefined : Math.max(0, end - now);
}

function epoch(said: string): number | undefined {
  const seconds = /limit reached\|(\d{10})\b/.exec(said)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function isoTime(said: string): number | undefined {
  const found = /\bon (\d{4}-\d{2}-\d{2}) at (\d{2}:\d{2}) UTC/.exec(said);
  return found === null ? undefined : Date.parse(`${found[1]}T${found[2]}Z`);
}

const clock =
  /\bresets (?:at )?(?:([A-Z][a-z]{2}) (\d{1,2})(?:,| at) )?(\d{1,2})(?::(\d{2}))? ?(am|pm)(?: \(([\w/+-]{1,40})\))?/i;

/** Returns the next such time, on the named day if there is one, in the named time zone. */
function clockTime(said: string, now: number): number | undefined {
  const found = clock.exec(said);
  if (found === null) return undefined;
  const [, month, date, hour, minute = "0", half, zone] = found;
  const monthNumber = months.indexOf(month?.toLowerCase() ?? "jan");
  if (monthNumber < 0 || Number(hour) > 12 || Number(minute) > 59) return undefined;
  const hours = (Number(hour) % 12) + (half?.toLowerCase() === "pm" ? 12 : 0);
  const local = wallClock(now, zone);
  const wanted = new Date(local);
  if (month !== undefined) wanted.setUTCMonth(monthNumber, Number(date));
  wanted.setUTCHours(hours, Number(minute), 0, 0);
  if (wanted.getTime() <= local) {
    if (month === undefined) wanted.setTime(wanted.getTime() + day);
    else if (local - wanted.getTime() > 180 * day)
      wanted.setUTCFullYear(wanted.getUTCFullYear() + 1);
  }
  return now + (wanted.getTime() - local);
}

/**
 * Returns the local time in a zone as if it were UTC; without a zone, or for an unknown one, the
 * system's local time.
 */
function wallClock(now: number, zone: string | undefined): number {
  const shown = (timeZone: string | undefined) =>
    Date.parse(`${new Date(now).toLocaleString("sv-SE", { timeZone }).replace(" ", "T")}Z`);
  try {
    return shown(zone);
  } catch {
    return shown(undefined);
  }
}
