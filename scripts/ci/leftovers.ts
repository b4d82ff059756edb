import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../steps/root.ts";

/** What a machine has that a test could leave behind. */
export type Belongings = ReadonlyMap<string, string>;

/** Made by the tools and not by the tests: their own caches. */
const ofTools = /^(tsx-|node-compile-cache|node-jiti|npm-|xfs-|_cacacheTmp|_logs|pnpm-)|^\.npm$/;

export function belongings(): Belongings {
  const home = homedir();
  const folders = [
    tmpdir(),
    home,
    ...[".cache", ".config", ".local/share", ".local/state"].map((name) => join(home, name)),
  ];
  return new Map([
    ...folders.flatMap((folder) => entries(folder).map((path) => [path, path] as const)),
    ...changedFiles().map((file) => [file, file] as const),
    ...processes(),
  ]);
}

export function leftBetween(before: Belongings, after: Belongings): string[] {
  return [...after].filter(([key]) => !before.has(key)).map(([, what]) => what);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !ofTools.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function changedFiles(): string[] {
  const { stdout } = spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
  return stdout.split("\n").filter(Boolean);
}

/** Those that work in this repository or among the temporary files, or were started from there. */
function processes(): (readonly [string, string])[] {
  return entries("/proc")
    .filter((path) => /\d$/.test(path))
    .flatMap((path) => {
      try {
        const command = readFileSync(join(path, "cmdline"), "utf8").replaceAll("\0", " ").trim();
        const place = `${readlinkSync(join(path, "cwd"))} ${command}`;
        const ours = place.includes(root) || place.includes(tmpdir());
        return ours ? [[path, `${path}: ${command}`] as const] : [];
      } catch {
        return [];
      }
    });
}
