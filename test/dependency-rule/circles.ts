import { posix } from "node:path";
import { importsOf } from "./imports.ts";

/** Which file of a package imports which other, for its values or its types, at once or late. */
export type FileImports = ReadonlyMap<string, readonly string[]>;

/** @param sources Sources by their path in the package. */
export function fileImports(sources: Readonly<Record<string, string>>): FileImports {
  return new Map(
    Object.entries(sources).map(([path, code]) => [
      path,
      importsOf(path, code)
        .filter(({ specifier = "" }) => /^\.\.?\//.test(specifier))
        .map(({ specifier = "" }) => posix.join(posix.dirname(path), specifier))
        .filter((target) => target in sources),
    ]),
  );
}

/** The circles of files: each as the way from a file back to itself. */
export function circles(imports: FileImports): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) found.push([...way.slice(start), path].join(" > "));
    if (start >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}
