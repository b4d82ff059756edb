import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PackedPackage, packPackages } from "../pack-packages.ts";
import { run, withoutNpm } from "../release/command.ts";
import type { Weight } from "./grown.ts";
import { installedBytes } from "./installed-bytes.ts";

/**
 * Packs every package and installs them all into the folder by npm, in one go, as a consumer
 * would.
 *
 * @param others specifiers of packages to install beside ours
 */
export function installEverything(
  folder: string,
  others: readonly string[] = [],
): readonly PackedPackage[] {
  const tarballs = join(folder, "packed");
  mkdirSync(tarballs);
  const packed = packPackages(tarballs);
  const manifest = { private: true, type: "module" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const { npm_config_registry: registry } = process.env;
  const env = withoutNpm({
    npm_config_cache: join(folder, "npm-cache"),
    ...(registry !== undefined && { npm_config_registry: registry }),
  });
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier"];
  const ours = packed.map(({ tarball }) => tarball);
  run("npm", ["install", ...quiet, ...ours, ...others], { cwd: folder, env });
  return packed;
}

/** Weighs one package as packed, and as installed with everything that it brings. */
export function measureBytes({ name, tarball }: PackedPackage, installed: string): Weight {
  return { packed: statSync(tarball).size, installed: installedBytes([name], installed) };
}
