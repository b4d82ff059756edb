import { existsSync, realpathSync } from "node:fs";
import { installIn, pnpmIn } from "./steps/install-in.ts";
import { root } from "./steps/root.ts";
import { runOrExit } from "./steps/run-or-exit.ts";

/** Installs the peers where they are missing, then runs the benchmarks. */
installIn("benchmarks");
if (!compiled()) pnpmIn("benchmarks", "rebuild", "sqlite3");
/** The root's tsconfig.json would lead to the sources: what is measured is the packages as built. */
const tsx = ["tsx", "--tsconfig", "benchmarks/tsconfig.json"];
runOrExit("npx", [...tsx, "benchmarks/main.ts", ...process.argv.slice(2)]);

/** Whether the addon of @keyv/sqlite is there: `pnpm check` installs the peers without it. */
function compiled(): boolean {
  const adapter = realpathSync(`${root}/benchmarks/node_modules/@keyv/sqlite`);
  return existsSync(`${adapter}/../../sqlite3/build/Release/node_sqlite3.node`);
}
