import type { Availability } from "../contract/provider.ts";

/** Which versions of a command are not supported. */
export interface VersionRules {
  /** The oldest supported version. */
  readonly oldest: string;
  /** Later versions that are not supported, and why, as the end of a sentence: "it hangs". */
  readonly bad?: Readonly<Record<string, string>>;
  /** The fix: `npm install -g …@latest`. */
  readonly fix: string;
}

/** Returns why a command of this version cannot be used; undefined if it can. */
export function unfitVersion(
  command: string,
  version: string,
  { oldest, bad = {}, fix }: VersionRules,
): Extract<Availability, { available: false }> | undefined {
  const isOld = version.localeCompare(oldest, "en", { numeric: true }) < 0;
  const known = Object.hasOwn(bad, version) ? bad[version] : undefined;
  const fault = isOld ? `${oldest} is the oldest supported version` : known;
  if (fault === undefined) return undefined;
  const reason = `${command} is version ${version}; ${fault}.`;
  return { available: false, code: "CLI_TOO_OLD", reason, fix };
}
