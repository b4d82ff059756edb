import { spawn } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** What the host wrote, what the command answered, and where the host had said all. */
export type Said = { readonly host: string } | { readonly command: string } | "end";

/** A run as the stand-in saw it. */
export interface Seen {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The run's private folder, as it was. */
  readonly root: string;
  readonly said: readonly Said[];
}

/** Runs in the command's place: passes all on, both ways, and leaves a run in `folder`. */
export function standIn({ command, folder }: { command: string; folder: string }): void {
  const args = process.argv.slice(2);
  const probed = args[0] === "--version";
  const root = dirname(process.cwd());
  if (!probed) cpSync(root, join(folder, "files"), { recursive: true });
  const said: Said[] = [];
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (host: string) => {
    said.push({ host });
    child.stdin.write(host);
  });
  process.stdin.once("end", () => {
    said.push("end");
    child.stdin.end();
  });
  // At each line: on a busy machine it may be ended before it has seen the command's end.
  const note = () => {
    const seen = { args, env: process.env, root, said };
    if (!probed) writeFileSync(join(folder, "seen.json"), JSON.stringify(seen));
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    said.push({ command: line });
    note();
    process.stdout.write(`${line}\n`);
  });
  child.once("close", (code) => {
    note();
    process.exit(code ?? 1);
  });
}
