import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Client } from "@acc/dual-mode";

/** How our runner starts a CLI: everything that the CLI can see. */
export interface RecordedRun {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  /** The run's private folder, as it was; a copy of what was in it is at `files`. */
  readonly root: string;
  readonly files: string;
}

/**
 * Has our client run a stand-in for the CLI, which writes down how it was started and fails. It
 * passes on what our probe asks.
 */
export async function recordRun(
  open: (command: string) => Client,
  command: string,
  prompt: string,
  folder: string,
): Promise<RecordedRun> {
  mkdirSync(folder, { recursive: true });
  const standIn = join(folder, "stand-in.mjs");
  writeFileSync(standIn, standInSource(command, folder), { mode: 0o755 });
  await using client = open(standIn);
  await client.chat(prompt).catch(() => {});
  const seen = JSON.parse(readFileSync(join(folder, "seen.json"), "utf8"));
  const { env, ...others } = seen as Omit<RecordedRun, "files">;
  const PATH = env.PATH?.replace(folder, dirname(command)) ?? "";
  return { ...others, env: { ...env, PATH }, files: join(folder, "files") };
}

function standInSource(command: string, folder: string): string {
  return `#!${process.execPath}
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
const args = process.argv.slice(2);
if (args[0] === "--version") {
  process.exit(spawnSync(${JSON.stringify(command)}, args, { stdio: "inherit" }).status);
}
const root = dirname(process.cwd());
cpSync(root, ${JSON.stringify(join(folder, "files"))}, { recursive: true });
const seen = { args, env: process.env, stdin: readFileSync(0, "utf8"), root };
writeFileSync(${JSON.stringify(join(folder, "seen.json"))}, JSON.stringify(seen));
process.exit(1);
`;
}

/** The same run in a private folder of its own, filled as the recorded one was. */
export function inFolder(run: RecordedRun, folder: string): RecordedRun & { readonly cwd: string } {
  cpSync(run.files, folder, { recursive: true });
  const moved = (text: string) => text.replaceAll(run.root, folder);
  const env = Object.entries(run.env).map(([name, value]) => [name, moved(value)]);
  return {
    ...run,
    args: run.args.map(moved),
    env: Object.fromEntries(env),
    cwd: join(folder, "work"),
  };
}
