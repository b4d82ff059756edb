import { cacheRuns } from "./cache-runs.ts";
import { chatRuns } from "./chat-runs.ts";
import type { Runs } from "./command-run.ts";
import { logRuns } from "./log-runs.ts";
import { secretsRuns } from "./secrets-runs.ts";
import { serveRuns } from "./serve-runs.ts";
import { settingsRuns } from "./settings-runs.ts";
import { templateRuns } from "./template-runs.ts";

/** A run of every command, on a machine with the key groq_api_key and one answer. */
export const runs = (file: (name: string) => string): Runs => ({
  ...secretsRuns(file),
  ...cacheRuns(file),
  ...logRuns,
  ...settingsRuns,
  ...serveRuns,
  ...templateRuns(file),
  ...chatRuns,
});
