import { installIn } from "./steps/install-in.ts";
import { runOrExit } from "./steps/run-or-exit.ts";

/** Installs the real CLIs as the lock file has them, then drives them; the report is reports/e2e.json. */
installIn("e2e");
runOrExit("npx", ["vitest", "run", "--config", "e2e/vitest.config.ts", ...process.argv.slice(2)]);
