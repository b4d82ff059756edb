import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Installs the peers where they are missing, then runs the benchmarks. */
const pnpm = ["-y", "pnpm@12.21.0", "--silent", "--dir", "benchmarks"];
run("npx", [...pnpm, "install", "--frozen-lockfile"]);
if (!compiled()) run("npx", [...pnpm, "rebuild", "sqlite3"]);
/** The root's tsconfig.json would lead to the sources: what is measured is the packages as built. */
const tsx = ["tsx", "--tsconfig", "benchmarks/tsconfig.json"];
run("npx", [...tsx, "benchmarks/main.ts", ...process.argv.slice(2)]);

/** Whether the addon of @keyv/sqlite is there: `pnpm check` installs the peers without it. */
function compiled(): boolean {
  const adapter = realpathSync(`${root}/benchmarks/node_modules/@keyv/sqlite`);
  return existsSync(`${adapter}/../../sqlite3/build/Release/node_sqlite3.node`);
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}
