import { runOrExit } from "./run-or-exit.ts";

/** Installs what a folder outside the workspace needs, as its own lock file has it. */
export function installIn(folder: string): void {
  pnpmIn(folder, "install", "--frozen-lockfile");
}

export function pnpmIn(folder: string, ...words: readonly string[]): void {
  runOrExit("npx", ["-y", "pnpm@12.21.0", "--dir", folder, ...words]);
}
