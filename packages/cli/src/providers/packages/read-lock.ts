import { isMembers } from "@acc/dual-mode/provider";
import type { PackageFacts } from "./package-facts.ts";
import { foreignDependency } from "./registry-range.ts";
import { unsafePackage } from "./unsafe-package.ts";

/** One package in the lock file. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Whether it has installation scripts, which are not run. */
  readonly hasScript: boolean;
}

/**
 * Returns every package in npm's lock file, the wanted one among them.
 * @throws Failure `UNSAFE_PACKAGE` if one would come from outside a registry, or without a checksum
 */
export function lockedPackages(lock: unknown, wanted: PackageFacts): readonly LockedPackage[] {
  const packages = isMembers(lock) && isMembers(lock.packages) ? lock.packages : {};
  const entries = Object.entries(packages).filter(([path]) => path !== "");
  const top = packages[`node_modules/${wanted.name}`];
  if (!isMembers(top) || top.version !== wanted.version || top.integrity !== wanted.integrity) {
    const why = `its checksum is not that of ${wanted.version} in the registry`;
    throw unsafePackage(wanted.name, why);
  }
  return entries.map(([path, entry]) => lockedPackage(path, entry));
}

function lockedPackage(path: string, entry: unknown): LockedPackage {
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  if (!isMembers(entry) || !path.includes("node_modules/") || entry.link === true) {
    throw unsafePackage(name, "it is a link to another folder");
  }
  const { version, resolved, integrity, inBundle, hasInstallScript } = entry;
  const isFetched = typeof resolved === "string" && /^https?:/.test(resolved);
  if (inBundle !== true && (!isFetched || typeof integrity !== "string")) {
    throw unsafePackage(name, "it is not fetched from a registry with its checksum");
  }
  const foreign = foreignDependency(entry);
  if (foreign !== undefined) throw unsafePackage(name, `it wants ${foreign}`);
  return { name, version: String(version), hasScript: hasInstallScript === true };
}
