import type { PackedPackage } from "../pack-packages.ts";
import { type Place, run } from "./command.ts";

/** Publishes, to the registry that npm is configured for, what it does not have yet. */
export function publishMissing(
  release: readonly PackedPackage[],
  place: Place,
  { provenance }: { readonly provenance: boolean },
): PackedPackage[] {
  const missing = release.filter((one) => !isPublished(one, place));
  for (const { tarball } of missing) {
    const how = provenance ? "--provenance" : "--no-provenance";
    run("npm", ["publish", tarball, "--access", "public", how], place);
  }
  return missing;
}

/** Whether the registry has this very version already: a release that broke off goes on there. */
function isPublished({ name, version }: PackedPackage, place: Place): boolean {
  try {
    return run("npm", ["view", `${name}@${version}`, "version", "--json"], place).trim() !== "";
  } catch (error) {
    if (/\bE404\b/.test(String(error))) return false;
    throw error;
  }
}
