import type { Feature } from "@acc/dual-mode/provider";
import { cliFeatures } from "../features.ts";

const firstWithBare = "2.1.81";
const firstWithoutWarmup = "2.1.9";
/** `--effort` was seen here, and not in 2.1.20; tools, images and files were tried from here on. */
const firstWithAll = "2.1.90";

/** `--bare` ignores logins: it is for keys. */
export function hasBare(version: string | undefined): boolean {
  return version !== undefined && !isBefore(version, firstWithBare);
}

/** Whether it sends requests of its own ("Warmup") besides the one that it was asked for. */
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
