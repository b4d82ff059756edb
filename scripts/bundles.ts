import { installIn } from "./steps/install-in.ts";
import { runOrExit } from "./steps/run-or-exit.ts";

/** Installs the bundlers as the lock file has them, builds apps with them and runs what they built. */
installIn("bundles");
runOrExit("npx", ["tsc", "-p", "bundles/test"]);
runOrExit("npx", [
  "vitest",
  "run",
  "--config",
  "bundles/vitest.config.ts",
  ...process.argv.slice(2),
]);
