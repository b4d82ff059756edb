import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Manifest, Package } from "./rules.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A package of this repository: its manifest, and its sources under a folder. */
export function readPackage(folder: string, sources = "src"): Package {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
  return { manifest, sources: readSources(folder, sources) };
}

export function readSources(folder: string, under: string): Record<string, string> {
  const top = join(root, folder);
  const paths = readdirSync(join(top, under), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("node_modules"));
  return Object.fromEntries(
    paths.map((path) => [
      path.slice(top.length + 1).replaceAll("\\", "/"),
      readFileSync(path, "utf8"),
    ]),
  );
}
