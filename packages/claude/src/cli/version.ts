import type { Feature } from "@acc/dual-mode/provider";
import { cliFeatures } from "../features.ts";

const firstWithBare = "2.1.81";
const firstWithoutWarmup = "2.1.9";
/**
 * `--effort` was seen with this version, but not with 2.1.20; tools, images and files were tried
 * from it on.
 */
const firstWithAll = "2.1.90";

/** Whether the version has `--bare`, which ignores logins and so is only for keys. */
export function hasBare(version: string | undefined): boolean {
  return version !== undefined && !isBefore(version, firstWithBare);
}

/** Whether the CLI sends requests of its own ("Warmup") in addition to the one for the call. */
export function warmsUp(version: string | undefined): boolean {
  return version !== undefined && isBefore(version, firstWithoutWarmup);
}

/** The features of all versions. */
const always: readonly Feature[] = ["system", "multiTurn", "schema"];

export function featuresOf(version: string): readonly Feature[] {
  return isBefore(version, firstWithAll) ? always : cliFeatures.supports;
}

export function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) < 0;
}
