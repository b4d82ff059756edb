import { readdir, readFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

interface Coverage {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly { startOffset: number; count: number }[];
  }[];
}

/** The sources of the functions that ran, by the one report of V8's coverage in a folder. */
export async function sourcesRun(folder: string): Promise<readonly string[]> {
  const [report = "", ...others] = await readdir(folder);
  if (others.length > 0) throw new Error("More than one process left a report.");
  const { result } = JSON.parse(await readFile(join(folder, report), "utf8"));
  const built = (result as Coverage[]).filter(({ url }) => /\/dist\/[^/]+\.c?js$/.test(url));
  return [...new Set((await Promise.all(built.map(sourcesOf))).flat())];
}

async function sourcesOf({ url, functions }: Coverage): Promise<readonly string[]> {
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  const map = new SourceMap(JSON.parse(await readFile(`${path}.map`, "utf8")));
  const place = placesIn(await readFile(path, "utf8"));
  return functions.flatMap(({ ranges: [whole] }) => {
    if (!whole || whole.count === 0) return [];
    const [line, column] = place(whole.startOffset);
    const entry = map.findEntry(line, column);
    const isExact =
      "originalSource" in entry && entry.generatedLine === line && entry.generatedColumn === column;
    // What takes a module from the program's other file is of no source.
    if (isExact && entry.originalSource.startsWith("rare-rooms:")) return [];
    return isExact ? [resolve(dirname(path), entry.originalSource)] : [];
  });
}

/** Turns an offset into a line and a column, both from 0. */
function placesIn(text: string): (offset: number) => readonly [number, number] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return [line, offset - (starts[line] ?? 0)];
  };
}
