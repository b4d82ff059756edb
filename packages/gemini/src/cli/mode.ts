import {
  type CanonicalRequest,
  type Part,
  type PrivateFolder,
  type ProviderMode,
  type RunContext,
  runCommand,
  runParts,
} from "@acc/dual-mode/provider";
import { cliFeatures } from "../features.ts";
import type { GeminiOptions } from "../options.ts";
import { GeminiRunReader } from "./parts.ts";
import { toPlan } from "./plan.ts";
import { probe } from "./probe.ts";
import { canWait, standbyRules } from "./standby.ts";

/** Gemini through the Gemini CLI. */
export const cli: ProviderMode<GeminiOptions> = {
  ...cliFeatures,
  credentials: ["key"],
  probe,
  run,
};

async function* run(
  request: CanonicalRequest,
  context: RunContext<GeminiOptions>,
): AsyncGenerator<Part> {
  const plan = (folder: PrivateFolder) => toPlan(request, context, folder);
  const options = canWait(request) ? { standby: standbyRules() } : {};
  const command = runCommand(context, plan, options);
  yield* runParts(command, new GeminiRunReader(request), context.logger);
}
