import { runOrExit } from "./steps/run-or-exit.ts";

/** Installs the bundlers as the lock file has them, builds apps with them and runs what they built. */
runOrExit("npx", ["-y", "pnpm@12.21.0", "--dir", "bundles", "install", "--frozen-lockfile"]);
runOrExit("npx", ["tsc", "-p", "bundles/test"]);
runOrExit("npx", [
  "vitest",
  "run",
  "--config",
  "bundles/vitest.config.ts",
  ...process.argv.slice(2),
]);
