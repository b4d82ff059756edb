import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { contentsOf } from "../release/installed.ts";

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
