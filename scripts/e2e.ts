import { runOrExit } from "./steps/run-or-exit.ts";

/** Installs the real CLIs as the lock file has them, then drives them; the report is reports/e2e.json. */
runOrExit("npx", ["-y", "pnpm@12.21.0", "--dir", "e2e", "install", "--frozen-lockfile"]);
runOrExit("npx", ["vitest", "run", "--config", "e2e/vitest.config.ts", ...process.argv.slice(2)]);
