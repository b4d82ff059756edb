import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Installs packages as a stranger would: npm, an empty folder, nothing of this repository. */
export function installInto(folder: string, specifiers: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const cache = join(dirname(folder), "npm-cache");
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--cache", cache];
  const { status, stdout, stderr } = spawnSync("npm", ["install", ...quiet, ...specifiers], {
    cwd: folder,
    env: withoutNpm(process.env),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`npm install failed:\n${stdout}${stderr}`);
}

/** Names of all packages that an installation brought. */
export function installedIn(folder: string): string[] {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  return Object.keys(lock.packages)
    .filter((path) => path !== "")
    .map((path) => path.replace(/^.*node_modules\//, ""));
}

/** What pnpm sets for the scripts that it runs is not for npm; a registry that was chosen is. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !/^npm_/i.test(name) || /^npm_config_registry$/i.test(name),
  );
  return Object.fromEntries(kept);
}
