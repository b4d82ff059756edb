#!/usr/bin/env node
import { endWithStdout } from "@acc/dual-mode/provider";
import { run } from "./command/run.ts";

endWithStdout("acc-groq");
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    stop.abort();
    process.kill(process.pid, signal);
  });
}
process.exitCode = await run(process.argv.slice(2), stop.signal);
