import { posix } from "node:path";
import { importsOf } from "../dependency-rule/imports.ts";

export interface Reached {
  readonly file: string;
  readonly specifier: string;
}

/** Stands for a specifier that no literal names. */
export const computedName = "a computed name";

/** Every import that a consumer meets who enters a package by its entries, in code and in types. */
export function importsFrom(entries: readonly string[], read: (file: string) => string): Reached[] {
  const found: Reached[] = [];
  const files = new Set(entries);
  for (const file of files) {
    for (const { specifier = computedName } of importsOf(file, read(file))) {
      if (specifier.startsWith(".")) files.add(target(file, specifier));
      else found.push({ file, specifier });
    }
  }
  return found;
}

/** The entries of a manifest: what `exports` and `bin` name. */
export function entriesOf(manifest: { exports?: unknown; bin?: unknown }): string[] {
  return leaves([manifest.exports, manifest.bin])
    .map((path) => posix.normalize(path))
    .filter((path) => path !== "package.json");
}

function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}

/** Declarations name the module whose types they want, by its own name or by its source's. */
function target(file: string, specifier: string): string {
  const path = posix.join(posix.dirname(file), specifier);
  return file.endsWith(".d.ts") ? path.replace(/\.[jt]s$/, ".d.ts") : path;
}
