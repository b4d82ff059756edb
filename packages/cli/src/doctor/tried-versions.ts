import triedVersions from "../../../../tried-versions.json" with { type: "json" };

const newest: ReadonlyMap<string, string> = new Map(
  Object.entries(triedVersions.clis).map(([provider, { tried }]) => [provider, tried.at(-1) ?? ""]),
);

/**
 * Returns a note if a provider's CLI is newer than all versions tested with this version of acc,
 * since vendors change their CLIs.
 */
export function newerThanTried(provider: string, version: string): readonly string[] {
  const tried = newest.get(provider);
  if (tried === undefined || version.localeCompare(tried, "en", { numeric: true }) <= 0) return [];
  return [`newer than ${tried}, the newest that was tried`];
}
