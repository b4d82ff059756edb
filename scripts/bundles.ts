import { spawnSync } from "node:child_process";
import { root } from "./steps/root.ts";

/** Installs the bundlers as the lock file has them, builds apps with them and runs what they built. */
run("npx", ["-y", "pnpm@12.21.0", "--dir", "bundles", "install", "--frozen-lockfile"]);
run("npx", ["tsc", "-p", "bundles/test"]);
run("npx", ["vitest", "run", "--config", "bundles/vitest.config.ts", ...process.argv.slice(2)]);

function run(command: string, args: readonly string[]): void {
  const shell = process.platform === "win32";
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell });
  if (status !== 0) process.exit(status ?? 1);
}
