const whole = new Intl.NumberFormat("en");

export const count = (number) => whole.format(number);

/** US dollars, small ones with what still tells them apart. */
export function dollars(amount) {
  if (amount === undefined) return "";
  if (amount === 0) return "$0";
  if (amount < 0.0001) return "< $0.0001";
  return `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
}

export function duration(milliseconds) {
  if (milliseconds === undefined) return "";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
}

/** The time of day here. */
export function clock(at, withSeconds = true) {
  const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Date(at).toLocaleTimeString("en", {
    ...parts,
    ...(withSeconds && { second: "2-digit" }),
  });
}

export const date = (at) => new Date(at).toLocaleDateString("en-CA");

export const percent = (part, total) =>
  total === 0 ? "0 %" : `${Math.round((100 * part) / total)} %`;
