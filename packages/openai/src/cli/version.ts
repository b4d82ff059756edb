import triedVersions from "../../../../tried-versions.json" with { type: "json" };

/** The oldest whose requests can be kept free of tools. */
const { oldest, bad } = triedVersions.clis.openai;
const badVersions: ReadonlyMap<string, string> = new Map(Object.entries(bad));

/** Why this version is not used. */
export function versionFault(version: string): string | undefined {
  const isOld = version.localeCompare(oldest, "en", { numeric: true }) < 0;
  return isOld ? `${oldest} is the oldest that will do` : badVersions.get(version);
}
