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
 * OpenAI through Codex, as an app server that lives for one turn: it takes the history with its true
 * roles, images, thoughts and the caller's tools, and no sampling parameter or bound of tokens.
 *
 * Whether OpenAI takes own instructions by a plan was never tried: a login is used on request alone.
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
