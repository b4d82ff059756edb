import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

/** A package that an installation brought, by npm or by pnpm. */
export interface Installed {
  readonly name: string;
  readonly folder: string;
}

/** Every package below a folder's node_modules, the nested ones and pnpm's store of them too. */
export function installedIn(folder: string): Installed[] {
  const modules = join(folder, "node_modules");
  const virtual = join(modules, ".pnpm");
  const isolated = existsSync(virtual)
    ? readdirSync(virtual).map((name) => join(virtual, name, "node_modules"))
    : [];
  return [modules, ...isolated].flatMap(packagesIn);
}

function packagesIn(modules: string): Installed[] {
  if (!existsSync(modules)) return [];
  const names = readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .flatMap(({ name }) =>
      name.startsWith("@")
        ? readdirSync(join(modules, name), { withFileTypes: true })
            .filter((entry) => entry.isDirectory())
            .map((entry) => `${name}/${entry.name}`)
        : [name],
    );
  return names.flatMap((name) => {
    const folder = join(modules, name);
    return [{ name, folder }, ...packagesIn(join(folder, "node_modules"))];
  });
}

/** The files of one installed package, and how many bytes they are; not what is nested in it. */
export function contentsOf(folder: string): { files: string[]; bytes: number } {
  const top = realpathSync(folder);
  const files = filesUnder(top).map((path) => path.slice(top.length + 1));
  const bytes = files.reduce((all, file) => all + statSync(join(top, file)).size, 0);
  return { files: files.sort(), bytes };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesUnder(path);
    return entry.isFile() ? [path] : [];
  });
}

export function manifestOf(folder: string): {
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
