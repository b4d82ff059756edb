import type { Feature } from "@acc/dual-mode/provider";
import triedVersions from "../../../../tried-versions.json" with { type: "json" };
import { cliFeatures } from "../features.ts";

const { oldest, bad } = triedVersions.clis.claude;
const badVersions: ReadonlyMap<string, string> = new Map(Object.entries(bad));
const firstWithBare = "2.1.81";
const firstWithoutWarmup = "2.1.9";
/** `--effort` was seen here, and not in 2.1.20; tools, images and files were tried from here on. */
const firstWithAll = "2.1.90";

/** Why this version is not used; the oldest has every option that is always used. */
export function versionFault(version: string): string | undefined {
  if (isBefore(version, oldest)) return `${oldest} is the oldest that will do`;
  return badVersions.get(version);
}

/** `--bare` ignores logins: it is for keys. */
export function hasBare(version: string | undefined): boolean {
  return version !== undefined && !isBefore(version, firstWithBare);
}

/** Whether it sends requests of its own ("Warmup") beside the one that it was asked for. */
export function warmsUp(version: string | undefined): boolean {
  return version !== undefined && isBefore(version, firstWithoutWarmup);
}

/** What every version can do. */
const always: readonly Feature[] = ["system", "multiTurn", "schema"];

export function featuresOf(version: string): readonly Feature[] {
  return isBefore(version, firstWithAll) ? always : cliFeatures.supports;
}

export function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) < 0;
}
