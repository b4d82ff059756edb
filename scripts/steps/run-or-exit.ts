import { spawnSync } from "node:child_process";
import { root } from "./root.ts";

/** Runs a command on this terminal; where it fails, so does this program, with the same exit code. */
export function runOrExit(command: string, args: readonly string[], cwd: string = root): void {
  const shell = process.platform === "win32";
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit", shell });
  if (status !== 0) process.exit(status ?? 1);
}
