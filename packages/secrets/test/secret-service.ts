import { execFile, execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "./temporary-folder.ts";

/** Whether a program is in PATH. */
export function has(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Whether a real Secret Service can be had here. */
export const hasSecretService =
  process.platform === "linux" && has("dbus-run-session") && has("gnome-keyring-daemon");

/** Runs a program of Node.js in a home, a session bus and a keyring of their own; gives its JSON. */
export async function inSession(...program: string[]): Promise<Record<string, unknown>> {
  const home = temporaryFolder();
  const runtime = join(home, "run");
  mkdirSync(runtime, { mode: 0o700 });
  const env = { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: runtime };
  const unlock = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
  const command = `${unlock}; exec "$0" "$@"`;
  const { stdout } = await promisify(execFile)(
    "dbus-run-session",
    ["--", "bash", "-c", command, process.execPath, ...program],
    { env, timeout: 60_000 },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}
