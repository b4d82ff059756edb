/** The first version that has every option that is always used. */
export const oldest = "2.0.74";
const firstWithBare = "2.1.81";
const firstWithoutWarmup = "2.1.9";
/** `--effort` was seen here, and not in 2.1.20. */
const firstWithEffort = "2.1.90";

export function isTooOld(version: string): boolean {
  return isBefore(version, oldest);
}

/** `--bare` ignores logins: it is for keys. */
export function hasBare(version: string | undefined): boolean {
  return version !== undefined && !isBefore(version, firstWithBare);
}

/** Whether it sends requests of its own ("Warmup") beside the one that it was asked for. */
export function warmsUp(version: string | undefined): boolean {
  return version !== undefined && isBefore(version, firstWithoutWarmup);
}

export function hasEffort(version: string): boolean {
  return !isBefore(version, firstWithEffort);
}

export function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) < 0;
}
