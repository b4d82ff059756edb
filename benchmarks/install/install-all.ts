import { readFileSync } from "node:fs";
import { join } from "node:path";
import { refuseStale } from "../../scripts/release/stale.ts";
import { installedBytes } from "../../scripts/size/installed-bytes.ts";
import { installEverything } from "../../scripts/size/measure-bytes.ts";
import { installs } from "./installs.ts";

/** A folder into which npm has installed everything that is compared. */
export interface Folder {
  /** MB of packages and all that they bring; what they share counts once. */
  megabytes(names: readonly string[]): number;
}

/**
 * Packs our packages and installs them, the SDKs and the peers into one folder.
 *
 * @throws Error if an older build has left files in a package
 */
export function installAll(folder: string): Folder {
  const others = new Set(installs.flatMap(({ sdk, peer = [] }) => [...sdk, ...peer]));
  refuseStale(installEverything(folder, [...others].map(atItsVersion)));
  return { megabytes: (names) => installedBytes(names, folder) / 1_000_000 };
}

/** Names a package with the version that the benchmarks use. */
function atItsVersion(name: string): string {
  const { dependencies } = JSON.parse(readFileSync(manifest, "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const version = dependencies[name];
  if (version === undefined) throw new Error(`benchmarks/package.json does not name ${name}`);
  return `${name}@${version}`;
}

const manifest = join(import.meta.dirname, "../package.json");
