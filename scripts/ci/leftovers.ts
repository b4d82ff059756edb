import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { root } from "../steps/root.ts";

/** What a test could leave behind: an entry's key tells it from others, its value says what it is. */
export type Belongings = ReadonlyMap<string, string>;

/** Made by the tools and not by the tests: their own caches. */
const ofTools = /^(tsx-|node-compile-cache|node-jiti|npm-|_logs|pnpm-|\.npm$|\.local$|\.cache$)/;

/** What is there now: in a temporary folder, in the home, in the repository, and what runs there. */
export function belongings(temporary: string): Belongings {
  const home = homedir();
  const folders = [
    temporary,
    home,
    ...[".cache", ".config", ".local/share", ".local/state"].map((name) => join(home, name)),
  ];
  return new Map([
    ...folders.flatMap(entries).map((path) => [path, path] as const),
    ...changedFiles().map((file) => [file, file] as const),
    ...processesIn([root, temporary]),
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

/** Those that work in one of the folders, or whose command names one. */
function processesIn(folders: readonly string[]): (readonly [string, string])[] {
  return entries("/proc")
    .filter((path) => /\d$/.test(path))
    .flatMap((path) => {
      try {
        const command = readFileSync(join(path, "cmdline"), "utf8").replaceAll("\0", " ").trim();
        const place = `${readlinkSync(join(path, "cwd"))}/ ${command}`;
        return folders.some((folder) => place.includes(folder))
          ? [[path, `${path}: ${command}`] as const]
          : [];
      } catch {
        return [];
      }
    });
}
