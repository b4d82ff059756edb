import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A built file, and every file beside it that it imports at its start. */
export function closureOf(entry: string): { readonly file: string; readonly text: string }[] {
  const paths = new Set([entry]);
  const found = [];
  for (const path of paths) {
    const text = readFileSync(path, "utf8");
    found.push({ file: basename(path), text });
    for (const [, to = ""] of text.matchAll(/^(?:import|export)\b[^;]*?['"](\.[^'"]+)['"];/gms)) {
      paths.add(join(dirname(path), to));
    }
  }
  return found;
}

/** The sources that these are built of, by their paths on this machine. */
export function sourcesOf(entry: string): string[] {
  const dist = dirname(entry);
  return closureOf(entry).flatMap(({ file }) => {
    const map = readFileSync(join(dist, `${file}.map`), "utf8");
    const { sources } = JSON.parse(map) as { readonly sources: readonly string[] };
    return sources.map((source) => join(dist, source));
  });
}
