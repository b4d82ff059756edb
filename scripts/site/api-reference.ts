import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../steps/root.ts";
import { settleAnchors } from "./settle-anchors.ts";

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
}

interface Reference {
  readonly text: string;
  readonly link: string;
}

/** Writes a reference of each package from the declarations that it publishes, and says where. */
export function apiReference(folder: string): readonly Reference[] {
  const packages = readdirSync(join(root, "packages")).filter((name) => declared(name).length > 0);
  return packages.map((name) => {
    writeReference(name, join(folder, name));
    settleAnchors(join(folder, name));
    return { text: manifestOf(name).name, link: `/api/${name}/contents.md` };
  });
}

function writeReference(name: string, out: string): void {
  const entries = declared(name).flatMap((file) => ["--entryPoints", file]);
  const options = {
    plugin: "typedoc-plugin-markdown",
    name: manifestOf(name).name,
    tsconfig: join(root, "site", "tsconfig.api.json"),
    out,
    readme: "none",
    router: "module",
    entryFileName: "contents",
    basePath: join(root, "packages", name, "dist"),
    logLevel: "Error",
  };
  const given = Object.entries(options).flatMap(([key, value]) => [`--${key}`, value]);
  const args = [...given, "--disableSources", "--skipErrorChecking", ...entries];
  const { status } = spawnSync(join(root, "site/node_modules/.bin/typedoc"), args, {
    cwd: join(root, "site"),
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`typedoc failed for ${manifestOf(name).name}.`);
}

/** The declarations of each entry that a program may import. */
function declared(name: string): readonly string[] {
  return Object.values(manifestOf(name).exports ?? {}).flatMap((entry) =>
    typeof entry === "object" && entry.types ? [join(root, "packages", name, entry.types)] : [],
  );
}

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
}
