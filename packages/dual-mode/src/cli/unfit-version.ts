import type { Availability } from "../contract/provider.ts";

/** Which versions of a command are not used. */
export interface VersionRules {
  /** The first that is used. */
  readonly oldest: string;
  /** Later ones that are not used, and why, as the end of a sentence: "it hangs". */
  readonly bad?: Readonly<Record<string, string>>;
  /** What to do: `npm install -g …@latest`. */
  readonly fix: string;
}

/** Why a command of this version is not used; undefined where it is. */
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
