import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Client } from "@acc/dual-mode";
import { type Dialogue, toDialogue } from "./dialogue.ts";
import type { Seen } from "./stand-in.ts";

/** How our runner starts a CLI: everything that the CLI can see. */
export interface RecordedRun extends Pick<Seen, "args" | "env" | "root"> {
  readonly dialogue: Dialogue;
  /** A copy of what was in the run's private folder. */
  readonly files: string;
}

/**
 * Has our client run a stand-in for the CLI, which passes all on to the real one and writes down how
 * it was started, and what was said when.
 */
export async function recordRun(
  open: (command: string) => Client,
  command: string,
  prompt: string,
  folder: string,
): Promise<RecordedRun> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "stand-in.mjs");
  const main = fileURLToPath(new URL("stand-in.ts", import.meta.url));
  const start = `(await import(${JSON.stringify(main)})).standIn(${JSON.stringify({ command, folder })});`;
  writeFileSync(path, `#!${process.execPath}\n${start}\n`, { mode: 0o755 });
  await using client = open(path);
  await client.chat(prompt);
  const { args, env, root, said }: Seen = JSON.parse(
    readFileSync(join(folder, "seen.json"), "utf8"),
  );
  const PATH = env.PATH?.replace(folder, dirname(command)) ?? "";
  const files = join(folder, "files");
  return { args, root, env: { ...env, PATH }, dialogue: toDialogue(said), files };
}

/** The same run in a private folder of its own, filled as the recorded one was. */
export function inFolder(run: RecordedRun, folder: string): RecordedRun & { readonly cwd: string } {
  const moved = (text: string) => text.replaceAll(run.root, folder);
  cpSync(run.files, folder, { recursive: true });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) writeFileSync(path, moved(readFileSync(path, "utf8")));
  }
  const env = Object.entries(run.env).map(([name, value]) => [name, moved(value)]);
  return {
    ...run,
    args: run.args.map(moved),
    env: Object.fromEntries(env),
    cwd: join(folder, "work"),
  };
}
