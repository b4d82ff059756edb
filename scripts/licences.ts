import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Writes the licences of what the build of this package has put into dist to dist/LICENSES.txt. */

/** The folder of the package that a file of node_modules belongs to. */
const folderOf = (source: string) =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(source)?.[0];

function builtIn(dist: string): string[] {
  const maps = readdirSync(dist).filter((name) => /\.c?js\.map$/.test(name));
  const folders = maps.flatMap((name) => {
    const { sources } = JSON.parse(readFileSync(join(dist, name), "utf8"));
    return (sources as string[]).flatMap((source) => folderOf(resolve(dist, source)) ?? []);
  });
  return [...new Set(folders)].sort();
}

function licenceOf(folder: string): string {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const file = readdirSync(folder).find((each) => /^licen[cs]e([-.].*)?$/i.test(each));
  const text = file
    ? readFileSync(join(folder, file), "utf8").trim()
    : `The package has no licence file. Its manifest says: ${license}, ${author?.name ?? author}`;
  return `${name} ${version} (${license})\n\n${text}\n`;
}

const dist = resolve("dist");
const licences = builtIn(dist).map(licenceOf);
writeFileSync(join(dist, "LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
