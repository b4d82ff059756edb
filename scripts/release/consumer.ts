import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../steps/root.ts";
import { run, withoutNpm } from "./command.ts";

/** The two installers that a consumer may have. */
export const installers = ["npm", "pnpm"] as const;
export type Installer = (typeof installers)[number];

/** A machine of strangers: their registry, their caches, nothing of this repository. */
export interface Strangers {
  readonly folder: string;
  readonly registry: string;
}

/** What npm is given by a stranger: the registry, and a cache that is empty at first. */
export function npmEnv({ folder, registry }: Strangers): NodeJS.ProcessEnv {
  const userconfig = join(folder, "npmrc");
  const host = registry.replace(/^http:/, "");
  writeFileSync(
    userconfig,
    `registry=${registry}\n${host}:_authToken=anyone\nupdate-notifier=false`,
  );
  return withoutNpm({ npm_config_userconfig: userconfig, npm_config_cache: join(folder, "npm") });
}

/** Installs one package by its name into an empty folder and gives the folder. */
export function installByName(strangers: Strangers, installer: Installer, name: string): string {
  const folder = join(strangers.folder, `${installer}-${name.replace(/\W+/g, "-")}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  if (installer === "npm") {
    const args = ["install", "--no-audit", "--no-fund", name];
    run("npm", args, { cwd: folder, env: npmEnv(strangers) });
    return folder;
  }
  writeFileSync(join(folder, ".npmrc"), `registry=${strangers.registry}\n`);
  // What was published a moment ago is older than no minimum; build scripts stay refused.
  writeFileSync(
    join(folder, "pnpm-workspace.yaml"),
    `minimumReleaseAge: 0\nstrictDepBuilds: false\nstoreDir: ${join(strangers.folder, "store")}\n`,
  );
  run("npx", ["-y", "pnpm@12.21.0", "--dir", folder, "add", name], { cwd: root });
  return folder;
}
