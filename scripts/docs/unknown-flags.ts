import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { root } from "../steps/root.ts";
import type { NotRun } from "./not-run.ts";
import type { ShellCommand } from "./shell-commands.ts";

/** Flags of a command that is not run which its program does not know. */
export function unknownFlags({ at, text }: ShellCommand, { flags }: NotRun): string[] {
  const used = text.match(/(?<=\s)--[a-z][\w-]*/g) ?? [];
  if (used.length === 0) return [];
  if (flags === undefined) return [`${at} has flags that nothing checks: ${used.join(" ")}`];
  const known = typeof flags === "string" ? readFileSync(flags, "utf8") : helpOf(flags);
  return used
    .filter((flag) => !new RegExp(`${flag}(?![\\w-])`).test(known))
    .map((flag) => `${at} has a flag that its program does not know: ${flag}`);
}

function helpOf([program, ...args]: readonly [string, ...string[]]): string {
  const { error, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
  if (error) throw error;
  return `${stdout}${stderr}`;
}
