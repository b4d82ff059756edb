import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type PackedPackage, packPackages } from "../pack-packages.ts";
import { run, withoutNpm } from "../release/command.ts";
import { contentsOf } from "../release/installed.ts";
import type { Weight } from "./grown.ts";

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

/** The bytes of installed packages and of all that they bring; what they share counts once. */
export function installedBytes(names: readonly string[], installed: string): number {
  const folders = new Set(names.map((name) => join(installed, "node_modules", name)));
  for (const folder of folders) {
    for (const needed of neededBy(folder)) {
      const found = resolve(needed, folder, installed);
      if (found !== undefined) folders.add(found);
    }
  }
  return [...folders].reduce((all, folder) => all + contentsOf(folder).bytes, 0);
}

/** Names of what a package brings by itself: an optional peer is its consumer's to bring. */
function neededBy(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
    optionalDependencies?: Record<string, string>;
    peerDependencies?: Record<string, string>;
    peerDependenciesMeta?: Record<string, { optional?: boolean }>;
  };
  const { peerDependencies = {}, peerDependenciesMeta: meta = {} } = manifest;
  const peers = Object.keys(peerDependencies).filter((name) => meta[name]?.optional !== true);
  const own = { ...manifest.dependencies, ...manifest.optionalDependencies };
  return [...Object.keys(own), ...peers];
}

/** Where Node.js finds a package from a folder; undefined for one that was not installed. */
function resolve(name: string, from: string, top: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", name);
    if (existsSync(found)) return found;
    if (folder === top || folder === dirname(folder)) return undefined;
  }
}
