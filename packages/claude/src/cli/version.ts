/** The first version that has every option that is used. */
export const oldest = "2.0.74";
const firstWithBare = "2.1.81";

export function isTooOld(version: string): boolean {
  return isBefore(version, oldest);
}

/** `--bare` ignores logins: it is for keys. */
export function hasBare(version: string | undefined): boolean {
  return version !== undefined && !isBefore(version, firstWithBare);
}

function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) < 0;
}
