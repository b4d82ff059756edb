import {
  type CanonicalRequest,
  type Part,
  type PrivateFolder,
  type ProviderMode,
  type RunContext,
  runCommand,
  runParts,
  withFittedNames,
} from "@acc/dual-mode/provider";
import { cliFeatures } from "../features.ts";
import type { OpenAIOptions } from "../options.ts";
import { toolNames } from "../tool-names.ts";
import { toPlan } from "./plan.ts";
import { probe } from "./probe.ts";
import { standbyRules } from "./standby.ts";
import { TurnReader } from "./turn-reader.ts";

/**
 * OpenAI through Codex, as an app server that lives for one turn. It accepts the history in its true
 * roles, images, thoughts and the caller's tools, but no sampling parameters and no token limit.
 *
 * Whether OpenAI accepts own instructions with a plan was never tried, so a login is used only on
 * request.
 */
export const cli: ProviderMode<OpenAIOptions> = {
  credentials: ["login", "key"],
  loginOnRequest: true,
  ...cliFeatures,
  probe,
  run: withFittedNames(toolNames, run),
};

async function* run(
  request: CanonicalRequest,
  context: RunContext<OpenAIOptions>,
): AsyncGenerator<Part> {
  const plan = (folder: PrivateFolder) => toPlan(request, context, folder);
  const standby = standbyRules(request, context);
  const command = runCommand(context, plan, { standby });
  const reader = new TurnReader(request, context, command.write);
  yield* runParts(command, reader, context.logger);
}
